using Keyless.Msal.Calls;
using Keyless.Testing;

namespace Keyless.Msal.Tests.Support;

/// <summary>A scripted App Service, a clock that stands still, a cache of its own, and applications on the machine that has them.</summary>
internal sealed class MsalScene : IAsyncDisposable
{
    public const string Resource = "https://vault.azure.net";

    public ScriptedServer Server { get; } = ScriptedServer.Start();

    public FakeClock Clock { get; } = new();

    public TokenCache Cache { get; } = new();

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["IDENTITY_ENDPOINT"] = new Uri(Server.Address, "msi/token").AbsoluteUri,
        ["IDENTITY_HEADER"] = "open-sesame",
    };

    public Reply Token(string token, TimeSpan? lifetime = null, TimeProvider? time = null) => Reply.When(_ => Reply.Json(
        200,
        $$"""{"access_token":"{{token}}","expires_on":"{{((time ?? Clock).GetUtcNow() + (lifetime ?? TimeSpan.FromHours(24))).ToUnixTimeSeconds()}}","token_type":"Bearer"}"""));

    /// <summary>An application on this machine, by this clock.</summary>
    public IManagedIdentityApplication App(
        Action<ManagedIdentityApplicationBuilder>? configure = null, ManagedIdentityId? id = null, TimeProvider? time = null)
    {
        var builder = ManagedIdentityApplicationBuilder.Create(id ?? ManagedIdentityId.SystemAssigned);
        Place(builder.Settings, time);
        configure?.Invoke(builder);
        return builder.Build();
    }

    public void Place(ApplicationSettings settings, TimeProvider? time = null)
    {
        settings.Machine = MachineEnvironment.FromVariables(Variables);
        settings.Time = time ?? Clock;
        settings.Cache = Cache;
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}
