using Keyless.Emulator.Authority;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator;

/// <summary>Every managed identity endpoint on loopback, with signed tokens that ordinary validators accept and Azure does not.</summary>
/// <remarks>Emulators share nothing: any number of them run side by side in one process.</remarks>
public sealed class ManagedIdentityEmulator : IAsyncDisposable
{
    private readonly SigningKeyHolder _keys = new();
    private readonly List<EmulatedHost> _hosts = [];
    private readonly EmulatorOptions _options;
    private readonly AuthorityEndpoint _authority;
    private Listener? _authorityListener;
    private int _disposed;

    private ManagedIdentityEmulator(EmulatorOptions options)
    {
        _options = options;
        _authority = new AuthorityEndpoint(Tenant.Id, _keys);
    }

    /// <summary>The virtual hosts, one for each platform, in the order of <see cref="SourceKind"/>.</summary>
    public IReadOnlyList<EmulatedHost> Hosts => _hosts;

    /// <summary>All identities: the system-assigned one, which the hosts share, and after it two user-assigned ones.</summary>
    public IReadOnlyList<EmulatedIdentity> Identities { get; } = Tenant.Identities;

    /// <summary>The issuer of the tokens, such as <c>http://127.0.0.1:PORT/{tenant}/</c>.</summary>
    /// <remarks>
    /// Its discovery document is at <c>.well-known/openid-configuration</c> below it, the one of the v2 form at
    /// <c>v2.0/.well-known/openid-configuration</c>.
    /// </remarks>
    public Uri Authority { get; private set; } = null!;

    /// <summary>The tenant of the identities; the same on every machine.</summary>
    public Guid TenantId { get; } = Tenant.Id;

    /// <summary>The virtual host of a platform.</summary>
    /// <param name="source">The platform.</param>
    /// <exception cref="KeyNotFoundException">The emulator was started without that platform.</exception>
    public EmulatedHost this[SourceKind source] => _hosts.Find(host => host.Source == source) ?? throw new KeyNotFoundException(
        $"This emulator has no {source} host, only {string.Join(", ", _hosts.Select(host => host.Source))}. "
        + $"Add it to {nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Sources)}.");

    /// <summary>Starts an emulator of all platforms on free ports.</summary>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="EmulatorException">It cannot start; the message says why.</exception>
    public static Task<ManagedIdentityEmulator> StartAsync(CancellationToken ct = default) => StartAsync(new EmulatorOptions(), ct);

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">What to emulate, and where.</param>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="EmulatorException">An option cannot be used, or a port cannot be opened; the message names the option.</exception>
    public static async Task<ManagedIdentityEmulator> StartAsync(EmulatorOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ListenAddress.Require(options.Address);

        var emulator = new ManagedIdentityEmulator(options);
        try
        {
            await emulator.StartAuthorityAsync(ct).ConfigureAwait(false);
            foreach (var source in options.Sources.Distinct().Order())
                await emulator.StartHostAsync(source, ct).ConfigureAwait(false);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes every port and deletes every file that the emulator made.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await Task.WhenAll(_hosts.Select(host => host.StopAsync().AsTask())).ConfigureAwait(false);
        if (_authorityListener is not null)
            await _authorityListener.DisposeAsync().ConfigureAwait(false);
        await _keys.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StartAuthorityAsync(CancellationToken ct)
    {
        const string Option = $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.AuthorityPort)}";
        _authorityListener = await Listener
            .StartAsync(_options.Address, _options.AuthorityPort, Option, certificate: null, _authority.AnswerAsync, ct)
            .ConfigureAwait(false);
        Authority = _authority.IssuerAt(_authorityListener.BaseAddress);
    }

    private async Task StartHostAsync(SourceKind source, CancellationToken ct)
    {
        var endpoint = EndpointOf(source);
        try
        {
            var option = $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Ports)}[{source}]";
            var listener = await Listener
                .StartAsync(_options.Address, _options.PortOf(source), option, endpoint.Certificate, endpoint.AnswerAsync, ct)
                .ConfigureAwait(false);
            _hosts.Add(new EmulatedHost(source, IdentitiesOf(source), endpoint, listener));
        }
        catch
        {
            (endpoint as IDisposable)?.Dispose();
            throw;
        }
    }

    // On Cloud Shell tokens belong to a user, so no identity is assigned to it.
    private static IReadOnlyList<EmulatedIdentity> IdentitiesOf(SourceKind source) =>
        source == SourceKind.CloudShell ? [] : Tenant.Identities;

    private IEndpoint EndpointOf(SourceKind source)
    {
        var clock = _options.TimeProvider;
        var minter = new TokenMinter(Authority, _options.TokenLifetime, clock);
        var shelf = new TokenShelf(minter, _keys, clock, _options.ReuseTokens);
        var host = new VirtualHost(Tenant.ResourceIdOf(source), IdentitiesOf(source), shelf, clock);
        return source switch
        {
            SourceKind.Imds => new ImdsEndpoint(host),
            SourceKind.AppService => new AppServiceEndpoint(host),
            SourceKind.AzureArc => new AzureArcEndpoint(host, new ArcKeyFiles(_options.ArcKeyDirectory, clock)),
            SourceKind.CloudShell => new CloudShellEndpoint(host),
            SourceKind.ServiceFabric => new ServiceFabricEndpoint(host, ServiceFabricCertificate.Create(_options.Address)),
            SourceKind.MachineLearning => new MachineLearningEndpoint(host),
            _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Not a platform."),
        };
    }
}
