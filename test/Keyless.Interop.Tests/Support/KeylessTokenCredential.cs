using Azure.Core;
using AzureToken = Azure.Core.AccessToken;

namespace Keyless.Interop.Tests.Support;

/// <summary>Gives the clients of the Azure SDK the tokens of Keyless.</summary>
/// <remarks>The SDK asks for one scope, and calls as a resource challenges it; both have their places in a request of Keyless.</remarks>
internal sealed class KeylessTokenCredential(ManagedIdentityClient client) : TokenCredential
{
    public override AzureToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Convert(client.GetToken(RequestOf(requestContext), cancellationToken));

    public override async ValueTask<AzureToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Convert(await client.GetTokenAsync(RequestOf(requestContext), cancellationToken));

    private static TokenRequest RequestOf(TokenRequestContext context)
    {
        const string Default = "/.default";
        if (context.Scopes is not [var scope])
            throw new ArgumentException("A managed identity's token is for one resource. Give one scope.", nameof(context));
        var resource = scope.EndsWith(Default, StringComparison.Ordinal) ? scope[..^Default.Length] : scope;
        return new TokenRequest(resource) { Claims = context.Claims };
    }

    private static AzureToken Convert(AccessToken token) => new(token.Token, token.ExpiresOn, token.RefreshOn, token.TokenType);
}
