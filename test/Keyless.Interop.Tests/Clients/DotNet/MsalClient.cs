using Keyless.Interop.Calls;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Keyless.Interop.Client;

/// <summary>Microsoft.Identity.Client.</summary>
internal static class MsalClient
{
    public static async Task<TokenOutcome> AskAsync(TokenCall call)
    {
        try
        {
            var result = await ManagedIdentityApplicationBuilder.Create(IdentityOf(call)).Build()
                .AcquireTokenForManagedIdentity(call.Resource)
                .ExecuteAsync();
            return new TokenOutcome(result.AccessToken, result.ExpiresOn.ToUnixTimeSeconds());
        }
        catch (MsalException exception)
        {
            return new TokenOutcome(null, null, exception.GetType().Name, exception.ErrorCode, Program.MessagesOf(exception));
        }
    }

    private static ManagedIdentityId IdentityOf(TokenCall call) => call.By switch
    {
        "client" => ManagedIdentityId.WithUserAssignedClientId(call.Id),
        "object" => ManagedIdentityId.WithUserAssignedObjectId(call.Id),
        "resource" => ManagedIdentityId.WithUserAssignedResourceId(call.Id),
        _ => ManagedIdentityId.SystemAssigned,
    };
}
