using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Contenders;

/// <summary>The MSAL shape on the client.</summary>
internal sealed class KeylessMsal(HttpMessageHandler? handler) : Contender
{
    public const string Name = "keyless-msal";

    private readonly Msal.IManagedIdentityApplication _application = Create(handler);

    public static Msal.IManagedIdentityApplication Create(HttpMessageHandler? handler)
    {
        var builder = Msal.ManagedIdentityApplicationBuilder.Create(Msal.ManagedIdentityId.SystemAssigned);
        return (handler is null ? builder : builder.WithHttpClientFactory(new ClientFactory(handler))).Build();
    }

    public override async ValueTask<string> AcquireAsync(string resource) =>
        (await _application.AcquireTokenForManagedIdentity(resource).ExecuteAsync()).AccessToken;

    public override long Hit(string resource, int times)
    {
        var characters = 0L;
        for (var i = 0; i < times; i++)
            characters += Completed.Of(_application.AcquireTokenForManagedIdentity(resource).ExecuteAsync()).AccessToken.Length;
        return characters;
    }
}
