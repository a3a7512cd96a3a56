namespace Keyless.Emulator.Identities;

/// <summary>The person whom Cloud Shell is signed in for.</summary>
internal sealed record EmulatedUser(string GivenName, string FamilyName, string PrincipalName, Guid ObjectId)
{
    public string Name => $"{GivenName} {FamilyName}";
}
