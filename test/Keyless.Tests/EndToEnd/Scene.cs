using System.Security.Cryptography.X509Certificates;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>A scripted endpoint of one source, a clock that stands still, and clients on a machine that announces the endpoint.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Resource = "https://vault.azure.net";

    // No pause of any schedule is as long, so that a test can tell them apart.
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(11.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(21);

    private readonly X509Certificate2? _certificate;
    private int _tokens;

    private Scene(SourceKind source, Reply[] script)
    {
        Source = source;
        _certificate = source == SourceKind.ServiceFabric ? TestCertificate.CreateSelfSigned() : null;
        Server = _certificate is null ? ScriptedServer.Start(script) : ScriptedServer.StartTls(_certificate, script);
        Machine = DescribedMachine.Of(source, Server.Address, thumbprint: _certificate?.Thumbprint);
    }

    public SourceKind Source { get; }

    public ScriptedServer Server { get; }

    public FakeClock Clock { get; } = new();

    public DescribedMachine Machine { get; set; }

    public LogRecorder Logs { get; } = new();

    public static Scene Of(SourceKind source, params Reply[] script) => new(source, script);

    /// <summary>A client without jitter on this machine and clock.</summary>
    public ManagedIdentityClient Client(Func<ManagedIdentityOptions, ManagedIdentityOptions>? change = null)
    {
        var options = new ManagedIdentityOptions
        {
            Environment = Machine,
            TimeProvider = Clock,
            Random = () => 0,
            AttemptTimeout = AttemptTimeout,
            LoggerFactory = Logs,
        };
        return new ManagedIdentityClient(change?.Invoke(options) ?? options);
    }

    /// <summary>A token that no other reply of this scene holds.</summary>
    public string NextToken() => $"token-{Interlocked.Increment(ref _tokens)}";

    /// <summary>A success that lives this long from the moment it is sent. The default is a day.</summary>
    public Reply Token(TimeSpan? lifetime = null, string? token = null) => Reply.When(_ => TokenNow(lifetime, token));

    /// <summary>A success that lives this long from now.</summary>
    public Reply TokenNow(TimeSpan? lifetime = null, string? token = null) =>
        Reply.Json(200, Body(token ?? NextToken(), Clock.Now + (lifetime ?? TimeSpan.FromHours(24))));

    public static string Body(string token, DateTimeOffset expiresOn, string more = "") => FormattableString.Invariant(
        $$"""{"access_token":"{{token}}","expires_on":"{{expiresOn.ToUnixTimeSeconds()}}","resource":"{{Resource}}","token_type":"Bearer"{{more}}}""");

    /// <summary>Goes through the pauses of an acquisition; timeouts and budgets are left alone.</summary>
    public Task<ClockRun<AccessToken>> AcquireAsync(ManagedIdentityClient client, Predicate<TimeSpan>? isPause = null) => Clock.RunAsync(
        () => client.GetTokenAsync(Resource, TestContext.Current.CancellationToken),
        isPause ?? IsPause,
        TestContext.Current.CancellationToken);

    /// <summary>Waits until the renewal that a call has begun is over; a call that begins one has claimed it before it returns.</summary>
    public static Task RefreshSettledAsync(ManagedIdentityClient client) =>
        Eventually.HoldsAsync(() => client.ForResource(Resource).Slot is not { IsRefreshing: true });

    public static bool IsPause(TimeSpan delay) => delay <= LongestPause && delay != AttemptTimeout;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _certificate?.Dispose();
    }
}
