using Keyless.Diagnostics;
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
        var claims = new TokenClaims(response.AccessToken!);
        var failure = identity.Kind switch
        {
            ManagedIdentityKind.ClientId => Compare(identity, connection.Kind, "client id", response.ClientId, claims.ClientId),
            ManagedIdentityKind.ObjectId => Compare(identity, connection.Kind, "object id", response.ObjectId, claims.ObjectId),
            ManagedIdentityKind.ResourceId => Compare(identity, connection.Kind, "resource id", response.ResourceId, claims.ResourceId),
            _ => VerifySystemAssigned(connection, response, claims),
        };

        // The ids are the host's words.
        return failure is null ? null : failure with { Message = Redaction.Clean(failure.Message, connection.Secret, new Secret(response.AccessToken!))! };
    }

    private static TokenFailure? Compare(ManagedIdentity identity, SourceKind source, string what, string? echoed, string? claimed)
    {
        if (Other(identity.Id!, echoed, claimed) is { } other)
        {
            return Wrong(
                $"{identity} was asked for, but the host answered with the identity of {what} {other}.",
                FailureGuide.For(FailureKind.WrongIdentity).Cure);
        }

        // An old Azure Arc agent ignores the id and answers as the machine itself; one that honours it says so.
        return source == SourceKind.AzureArc && string.IsNullOrWhiteSpace(echoed)
            ? Wrong(
                $"{identity} was asked for, but the Azure Arc agent did not confirm that the token is its: the answer has no {what}.",
                "Update the Azure Arc agent to a version that serves user-assigned identities, or ask for the system-assigned one.")
            : null;
    }

    private static TokenFailure? VerifySystemAssigned(SourceConnection connection, TokenResponse response, TokenClaims claims)
    {
        if (connection is { Kind: SourceKind.MachineLearning, DefaultClientId: { } expected })
        {
            return Other(expected, response.ClientId, claims.ClientId) is { } other
                ? Wrong(
                    $"{Variables.DefaultIdentityClientId} names the client id {expected}, but the host answered with the identity of client id {other}.",
                    FailureGuide.For(FailureKind.WrongIdentity).Cure)
                : null;
        }

        // Elsewhere the identity is chosen by configuration, or is a user.
        if (connection.Kind is not (SourceKind.Imds or SourceKind.AppService or SourceKind.AzureArc))
            return null;

        return (IfUserAssigned(response.ResourceId) ?? claims.ResourceIdWith(UserAssignedType)) is { } path
            ? Wrong(
                $"The system-assigned identity was asked for, but the host answered with the user-assigned identity {path} (client id {response.ClientId ?? claims.ClientId}).",
                $"Name that identity ({nameof(ManagedIdentity)}.{nameof(ManagedIdentity.FromClientId)}), or switch the system-assigned identity on.")
            : null;
    }

    // What speaks for another identity than the one asked for; an id that is not given speaks for nobody.
    private static string? Other(string asked, string? echoed, string? claimed)
    {
        return IfOther(echoed) ?? IfOther(claimed);

        string? IfOther(string? actual) => string.IsNullOrWhiteSpace(actual) || actual.Equals(asked, StringComparison.OrdinalIgnoreCase) ? null : actual;
    }

    private static string? IfUserAssigned(string? path) => path?.Contains(UserAssignedType, StringComparison.OrdinalIgnoreCase) == true ? path : null;

    private static TokenFailure Wrong(string message, string nextStep) =>
        new(FailureKind.WrongIdentity, char.ToUpperInvariant(message[0]) + message[1..]) { NextStep = nextStep };
}
