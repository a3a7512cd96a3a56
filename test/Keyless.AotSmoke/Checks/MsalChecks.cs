using Keyless.AotSmoke.Support;
using Keyless.Msal;
using TokenSource = Keyless.Msal.TokenSource;

namespace Keyless.AotSmoke.Checks;

/// <summary>The API of MSAL.NET over the client. It reads the process's variables; these are the emulated machine's meanwhile.</summary>
internal static class MsalChecks
{
    private const string Resource = "https://management.azure.com";

    public static async Task RunAsync(Report report, Emulator emulator)
    {
        var variables = emulator.Variables(SourceKind.AppService);
        var other = emulator.Identity(SourceKind.AppService, isSystemAssigned: false);
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
        try
        {
            await report.CheckAsync("MSAL: a token, then the cache", TokenAsync);
            await report.CheckAsync("MSAL: an identity by its client id", () => UserAssignedAsync(other));
            await report.CheckAsync("MSAL: an error", ErrorAsync);
        }
        finally
        {
            foreach (var name in variables.Keys)
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static async Task TokenAsync()
    {
        var application = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();
        var first = await application.AcquireTokenForManagedIdentity(Resource).ExecuteAsync();
        Expect.Same(TokenSource.IdentityProvider, first.AuthenticationResultMetadata.TokenSource, "the first token's source");
        var second = await application.AcquireTokenForManagedIdentity(Resource).ExecuteAsync();
        Expect.Same(TokenSource.Cache, second.AuthenticationResultMetadata.TokenSource, "the second token's source");
        Expect.Same(first.AccessToken, second.AccessToken, "the second token");
    }

    private static async Task UserAssignedAsync(EmulatedIdentity identity)
    {
        var application = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(identity.ClientId)).Build();
        var result = await application.AcquireTokenForManagedIdentity(Resource).ExecuteAsync();
        Expect.Same(identity.ObjectId, Claims.Of(result.AccessToken, "oid"), "the identity");
    }

    private static async Task ErrorAsync()
    {
        var nobody = ManagedIdentityId.WithUserAssignedClientId(Guid.NewGuid().ToString());
        var application = ManagedIdentityApplicationBuilder.Create(nobody).Build();
        try
        {
            await application.AcquireTokenForManagedIdentity(Resource).ExecuteAsync();
        }
        catch (MsalServiceException exception)
        {
            Expect.Same(MsalError.ManagedIdentityRequestFailed, exception.ErrorCode, "the error code");
            return;
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }
}
