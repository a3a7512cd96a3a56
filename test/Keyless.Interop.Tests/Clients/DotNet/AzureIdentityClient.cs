using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Keyless.Interop.Calls;

namespace Keyless.Interop.Client;

/// <summary>Azure.Identity.</summary>
internal static class AzureIdentityClient
{
    public static async Task<TokenOutcome> AskAsync(TokenCall call)
    {
        try
        {
            var options = new ManagedIdentityCredentialOptions(IdentityOf(call));

            // It does not heed Retry.MaxRetries of the options.
            if (call.Retries is { } retries)
                options.RetryPolicy = new RetryPolicy(retries);
            var token = await new ManagedIdentityCredential(options)
                .GetTokenAsync(new TokenRequestContext([$"{call.Resource}/.default"]), CancellationToken.None);
            return new TokenOutcome(token.Token, token.ExpiresOn.ToUnixTimeSeconds());
        }
        catch (Exception exception)
        {
            return new TokenOutcome(null, null, exception.GetType().Name, null, Program.MessagesOf(exception));
        }
    }

    private static ManagedIdentityId IdentityOf(TokenCall call) => call.By switch
    {
        "client" => ManagedIdentityId.FromUserAssignedClientId(call.Id),
        "object" => ManagedIdentityId.FromUserAssignedObjectId(call.Id),
        "resource" => ManagedIdentityId.FromUserAssignedResourceId(new ResourceIdentifier(call.Id!)),
        _ => ManagedIdentityId.SystemAssigned,
    };
}
