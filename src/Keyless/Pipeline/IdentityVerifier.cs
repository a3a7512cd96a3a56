using Keyless.Sources;

namespace Keyless.Pipeline;

/// <summary>
/// Compares whom a token was issued to with whom it was asked for: by the ids that the answer echoes and by the token's own claims, as far
/// as there are any. Some hosts ignore an identity they don't know and answer with another.
/// </summary>
internal static class IdentityVerifier
{
    private const string UserAssignedType = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/";

    /// <summary>The failure, or null if nothing speaks against the token.</summary>
    public static TokenFailure? Verify(ManagedIdentity identity, SourceConnection connection, TokenResponse response)
    {
        var claims = TokenClaims.Read(response.AccessToken!);
        return identity.Kind switch
        {
            ManagedIdentityKind.ClientId => Compare(identity, connection.Kind, "client id", identity.Id!, response.ClientId, claims.ClientId),
            ManagedIdentityKind.ObjectId => Compare(identity, connection.Kind, "object id", identity.Id!, response.ObjectId, claims.ObjectId),
            ManagedIdentityKind.ResourceId => Compare(identity, connection.Kind, "resource id", identity.Id!, response.ResourceId, claims.ResourceId),
            _ => VerifySystemAssigned(connection, response, claims),
        };
    }

    private static TokenFailure? Compare(ManagedIdentity identity, SourceKind source, string what, string asked, string? echoed, string? claimed)
    {
        if ((Differs(echoed) ?? Differs(claimed)) is not { } other)
        {
            // An old Azure Arc agent ignores the id and answers as the machine itself; one that honours it says so.
            return source == SourceKind.AzureArc && string.IsNullOrEmpty(echoed)
                ? Wrong(
                    $"{identity} was asked for, but the Azure Arc agent did not confirm that the token is its: the answer has no {what}.",
                    "Update the Azure Arc agent to a version that serves user-assigned identities, or ask for the system-assigned one.")
                : null;
        }

        return Wrong(
            $"{identity} was asked for, but the host answered with the identity of {what} {other}.",
            FailureGuide.For(FailureKind.WrongIdentity).Cure);

        string? Differs(string? actual) => string.IsNullOrEmpty(actual) || actual.Equals(asked, StringComparison.OrdinalIgnoreCase) ? null : actual;
    }

    private static TokenFailure? VerifySystemAssigned(SourceConnection connection, TokenResponse response, TokenClaims claims)
    {
        if (connection is { Kind: SourceKind.MachineLearning, DefaultClientId: { } expected })
        {
            return (response.ClientId ?? claims.ClientId) is { Length: > 0 } actual && !actual.Equals(expected, StringComparison.OrdinalIgnoreCase)
                ? Wrong(
                    $"{Variables.DefaultIdentityClientId} names the client id {expected}, but the host answered with the identity of client id {actual}.",
                    FailureGuide.For(FailureKind.WrongIdentity).Cure)
                : null;
        }

        // Elsewhere the identity is chosen by configuration, or is a user.
        if (connection.Kind is not (SourceKind.Imds or SourceKind.AppService or SourceKind.AzureArc))
            return null;

        return claims.ResourceId?.Contains(UserAssignedType, StringComparison.OrdinalIgnoreCase) == true
            ? Wrong(
                $"The system-assigned identity was asked for, but the host answered with the user-assigned identity {claims.ResourceId} (client id {response.ClientId ?? claims.ClientId}).",
                $"Name that identity ({nameof(ManagedIdentity)}.{nameof(ManagedIdentity.FromClientId)}), or switch the system-assigned identity on.")
            : null;
    }

    private static TokenFailure Wrong(string message, string nextStep) =>
        new(FailureKind.WrongIdentity, char.ToUpperInvariant(message[0]) + message[1..]) { NextStep = nextStep };
}
