namespace Keyless.Emulator.Identities;

/// <summary>The person whom Cloud Shell is signed in for.</summary>
internal sealed record EmulatedUser(string GivenName, string FamilyName, string PrincipalName, Guid ObjectId)
{
    public static EmulatedUser Robin { get; } =
        new("Robin", "Example", "robin@keyless.example", StableGuid.Of("user/robin/object-id"));

    /// <summary>The application that signs users in to Cloud Shell.</summary>
    public static Guid CloudShellApplication { get; } = StableGuid.Of("application/cloud-shell");

    public string Name => $"{GivenName} {FamilyName}";
}
