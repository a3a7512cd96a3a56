using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Api;
using Keyless.Emulator.Authority;
using Keyless.Emulator.Diagnostics;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Fleet;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.InProcess;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Revocation;
using Keyless.Emulator.Safety;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator;

/// <summary>Every managed identity endpoint on loopback, with signed tokens that ordinary validators accept and Azure does not.</summary>
/// <remarks>Emulators share nothing: any number of them run side by side in one process.</remarks>
public sealed partial class ManagedIdentityEmulator : IAsyncDisposable
{
    private volatile EmulatorOptions _options;
    private readonly TenantDirectory _directory;
    private readonly Issuers _issuers;
    private readonly Revocations _revocations;
    private readonly TokenMinter _minter;
    private readonly JournalBooks _books;
    private readonly HostNames _names;
    private readonly PassthroughGate? _passthrough;
    private volatile EmulatedHost[] _hosts = [];
    private Site? _authority;
    private int _sites;
    private int _disposed;

    private ManagedIdentityEmulator(EmulatorOptions options, FleetPlan plan)
    {
        _options = options;
        _plan = plan;
        _names = HostNames.Of(options);
        _passthrough = options.Passthrough is { } passthrough ? new PassthroughGate(passthrough, options.Machine, options.TimeProvider) : null;
        _directory = new TenantDirectory(plan.Directory);
        _issuers = new Issuers(options.Issuer);
        Clock = new EmulatorClock(options.TimeProvider, options.TokenTimes);
        StartedOn = options.TimeProvider.GetUtcNow();
        _books = new JournalBooks(Clock, options.JournalSecrets, options.LoggerFactory is { } factory ? new ExchangeLog(factory) : null);
        Seed = options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        Journal = new Journal("the emulator", options.JournalCapacity, Seed);
        Faults = new FaultPlan("The emulator", Seed, Clock);
        foreach (var rule in options.Faults)
            Faults.Add(rule);
        Keys = new KeyRing(Clock, options.KeyDirectory is null ? null : new KeyStore(options.KeyDirectory));
        var ids = new TokenIds(Clock);
        _revocations = new Revocations(ids);
        TokenCheck = new TokenCheck(_directory, _issuers, Keys, _revocations, Clock);
        _minter = new TokenMinter(_directory, _issuers, ids, Clock, () => _options);
    }

    /// <summary>The virtual hosts, in the order in which they were described.</summary>
    public IReadOnlyList<EmulatedHost> Hosts => _hosts;

    /// <summary>All managed identities: the hosts' own ones, in the hosts' order, then the user-assigned ones.</summary>
    public IReadOnlyList<EmulatedIdentity> Identities => [.. _directory.Content.Identities.Select(entry => entry.Identity)];

    /// <summary>The tenants.</summary>
    public IReadOnlyList<EmulatedTenant> Tenants => [.. _directory.Content.Tenants.Select(entry => entry.Tenant)];

    /// <summary>The clock that everything in it reads; tokens too, unless <see cref="EmulatorOptions.TokenTimes"/> says otherwise.</summary>
    public EmulatorClock Clock { get; }

    /// <summary>The requests to all hosts and to the token issuer.</summary>
    public Journal Journal { get; }

    /// <summary>Where the first tenant's documents are, such as <c>http://127.0.0.1:PORT/{tenant}/</c>.</summary>
    /// <remarks>
    /// Its discovery document is at <c>.well-known/openid-configuration</c> below it, the one of the v2 form at
    /// <c>v2.0/.well-known/openid-configuration</c>. Unless <see cref="EmulatorOptions.Issuer"/> says otherwise, it is the issuer of the
    /// tenant's tokens.
    /// </remarks>
    public Uri Authority => AuthorityOf(_directory.DefaultTenant);

    /// <summary>The id of the first tenant; unless given, the same on every machine.</summary>
    public Guid TenantId => _directory.DefaultTenant.Id;

    /// <summary>What is to go wrong on any host and at the authority.</summary>
    public FaultPlan Faults { get; }

    /// <summary>What the randomness of faults began with; given as <see cref="EmulatorOptions.Seed"/>, it repeats them.</summary>
    public int Seed { get; }

    /// <summary>What to tell whoever uses an emulator with <see cref="EmulatorOptions.Passthrough"/>. Null: all tokens are emulated.</summary>
    public string? PassthroughNotice => _passthrough?.Notice;

    /// <summary>The first virtual host of a platform.</summary>
    /// <param name="source">The platform.</param>
    /// <exception cref="KeyNotFoundException">The emulator was started without that platform.</exception>
    public EmulatedHost this[SourceKind source] => Array.Find(_hosts, host => host.Source == source) ?? throw new KeyNotFoundException(
        $"This emulator has no {source} host, only {string.Join(", ", _hosts.Select(host => host.Source.ToString()))}. "
        + $"Add it to {nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Sources)} or {nameof(EmulatorOptions.Hosts)}.");

    /// <summary>The virtual host of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public EmulatedHost this[string name] => Array.Find(_hosts, host => host.Name == name) ?? throw new KeyNotFoundException(
        $"This emulator has no host '{name}', only {string.Join(", ", _hosts.Select(host => host.Name))}.");

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
        ListenAddress.Require(options);
        options.RequirePlace();

        var plan = FleetPlan.Of(options);
        var emulator = new ManagedIdentityEmulator(options, plan);
        try
        {
            // Keys that cannot be kept where they should be are a reason not to start.
            if (options.KeyDirectory is not null)
                await emulator.Keys.GetActiveAsync(ct).ConfigureAwait(false);
            await emulator.StartAuthorityAsync(ct).ConfigureAwait(false);
            foreach (var host in plan.Hosts)
                emulator._hosts = [.. emulator._hosts, await emulator.StartHostAsync(host, options, ct).ConfigureAwait(false)];
            await emulator.StartAdminAsync(ct).ConfigureAwait(false);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Where a tenant's documents are, with a final slash.</summary>
    /// <param name="tenant">The tenant.</param>
    public Uri AuthorityOf(EmulatedTenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return _issuers.AuthorityOf(tenant.Id);
    }

    /// <summary>Queues the answers of a recording, each host's own ones for it (<see cref="FaultPlan.Replay"/>).</summary>
    /// <param name="recording">The recording.</param>
    /// <exception cref="EmulatorException">It has answers of a host that is not here; none is queued.</exception>
    public void Replay(FaultRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var hosts = _hosts;
        EmulatedHost? Find(string name) => Array.Find(hosts, host => string.Equals(host.Name, name, StringComparison.OrdinalIgnoreCase));
        foreach (var name in recording.Hosts)
        {
            if (name != FaultMatch.Authority && Find(name) is null)
            {
                throw new EmulatorException(
                    $"The recording has answers of the host '{name}', which is not here. Name the one to replay it on: "
                    + $"{string.Join(", ", hosts.Select(host => host.Name))}.");
            }
        }

        foreach (var name in recording.Hosts)
            (Find(name)?.Faults ?? Faults).Enqueue(recording.From(name), Find(name) is null ? FaultMatch.Authority : null);
    }

    /// <summary>Makes a handler that hands requests to any host and to the token issuer in memory, without a socket.</summary>
    /// <remarks>
    /// 169.254.169.254 is the first virtual machine. Requests to anybody else fail with an <see cref="HttpRequestException"/>; they never
    /// leave the process.
    /// </remarks>
    public HttpMessageHandler CreateHandler() =>
        new EmulatorHandler("the emulator", () => [.. _hosts.SelectMany(host => host.Sites), _authority!], Clock);

    /// <summary>Closes every port and deletes every file that the emulator made.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await StopAdminAsync().ConfigureAwait(false);

        // A change that is being made comes to its end first, so that no host outlives this.
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_hosts.Select(host => host.StopAsync().AsTask())).ConfigureAwait(false);
            if (_authority is not null)
                await _authority.DisposeAsync().ConfigureAwait(false);
            await Keys.StopAsync().ConfigureAwait(false);
            if (_passthrough is not null)
                await _passthrough.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task StartAuthorityAsync(CancellationToken ct)
    {
        const string Option = $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.AuthorityPort)}";
        var pipeline = new RequestPipeline(
            AuthorityEndpoint(),
            new FaultEngine(FaultMatch.Authority, source: null, own: null, Faults, Clock) { TakesHeader = _options.AllowFaultHeader },
            new RequestRecorder(FaultMatch.Authority, source: null, _books, Journal),
            Clock,
            _names);
        _authority = await OpenAsync(_options.AuthorityPort, Option, certificate: null, pipeline, ct).ConfigureAwait(false);
        _issuers.BaseAddress = _authority.BaseAddress;
    }

    private async Task<EmulatedHost> StartHostAsync(HostPlan plan, EmulatorOptions options, CancellationToken ct)
    {
        var host = new VirtualHost(
            plan.Options.Name,
            plan.Tenant,
            HostKinds.ResourceIdOf(plan.Options.Kind, plan.Options.Name),
            plan.Assigned,
            _directory,
            new TokenShelf(_minter, Keys, Clock, _options.ReuseTokens),
            Clock,
            _passthrough);
        var endpoint = EndpointOf(plan.Options, host);
        var faults = new FaultPlan(plan.Options.Name, Seed, Clock);
        var source = HostKinds.SourceOf(plan.Options.Kind);
        var engine = new FaultEngine(plan.Options.Name, source, faults, Faults, Clock)
        {
            Limiter = source == SourceKind.Imds && _options.RateLimit is { } limit ? new RateLimiter(limit, Clock) : null,
            TakesHeader = _options.AllowFaultHeader,
        };
        try
        {
            var option = options.Hosts.Count > 0
                ? $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Hosts)}[{plan.Options.Name}].{nameof(HostDescription.Port)}"
                : $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Ports)}[{HostKinds.SourceOf(plan.Options.Kind)}]";
            var journal = new Journal($"the host {host.Name}", _options.JournalCapacity, Seed);
            var recorder = new RequestRecorder(host.Name, HostKinds.SourceOf(plan.Options.Kind), _books, journal, Journal);
            var pipeline = new RequestPipeline(endpoint, engine, recorder, Clock, _names);
            var site = await OpenAsync(plan.Options.Port, option, endpoint.Certificate, pipeline, ct).ConfigureAwait(false);
            var started = new EmulatedHost(
                plan, host, _directory, endpoint, site, () => _authority!, _options.ArcKeyDirectory, faults, journal);
            _books.Redaction.Learn(started.Secrets);
            return started;
        }
        catch
        {
            (endpoint as IDisposable)?.Dispose();
            throw;
        }
    }

    private async ValueTask<Site> OpenAsync(
        int port, string option, X509Certificate2? certificate, RequestPipeline pipeline, CancellationToken ct) => _options.OpenPorts
        ? await Site.OpenAsync(_options.Address, port, option, certificate, pipeline, ct).ConfigureAwait(false)
        : Site.Imagine(_options.Address, port, Interlocked.Increment(ref _sites), certificate, pipeline);

    private AuthorityEndpoint AuthorityEndpoint()
    {
        var federated = new FederatedAssertion(_directory, _issuers, Keys);
        var authentication = new ClientAuthentication(_issuers, federated, Clock);
        var tokens = new EntraTokenEndpoint(_directory, authentication, _minter, Keys, () => _options, Clock);
        var api = new SampleApi(TokenCheck, _directory, _issuers, _options.ApiAudience, Clock);
        return new AuthorityEndpoint(_directory, _issuers, Keys, tokens, api, Clock);
    }

    private IEndpoint EndpointOf(HostDescription options, VirtualHost host) => HostKinds.SourceOf(options.Kind) switch
    {
        SourceKind.Imds => new ImdsEndpoint(host),
        SourceKind.AppService => new AppServiceEndpoint(host, options.Secret),
        SourceKind.AzureArc => new AzureArcEndpoint(host, new ArcKeyFiles(_options.ArcKeyDirectory, host.Clock)),
        SourceKind.CloudShell => new CloudShellEndpoint(host),
        SourceKind.ServiceFabric => new ServiceFabricEndpoint(host, CertificateStore.Of(_options).Take(host.Name, _options.Address), options.Secret),
        _ => new MachineLearningEndpoint(host, options.Secret),
    };
}
