using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Fleet;
using Microsoft.Extensions.Logging;

namespace Keyless.Emulator;

/// <summary>What to emulate, and where. Everything has a default; checked when the emulator starts.</summary>
public sealed partial record EmulatorOptions
{
    private static readonly IReadOnlyCollection<SourceKind> AllSources = Enum.GetValues<SourceKind>();

    /// <summary>The platforms to stand in for, where <see cref="Hosts"/> describes none; each gets a virtual host.</summary>
    /// <value>Default: all of them.</value>
    public IReadOnlyCollection<SourceKind> Sources { get; init; } = AllSources;

    /// <summary>The virtual hosts, each with an address of its own; several may be of one kind.</summary>
    /// <value>Default: empty, one for each of <see cref="Sources"/>: vm, web, server, shell, app, compute.</value>
    public IReadOnlyList<HostDescription> Hosts { get; init; } = [];

    /// <summary>The user-assigned identities.</summary>
    /// <value>Default: two, named orders and billing.</value>
    public IReadOnlyList<IdentityDescription> Identities { get; init; } = [new() { Name = "orders" }, new() { Name = "billing" }];

    /// <summary>The tenants; the first is the one that is meant where none is named.</summary>
    /// <value>Default: empty, one that is named default.</value>
    public IReadOnlyList<TenantDescription> Tenants { get; init; } = [];

    /// <summary>The app registrations that get tokens from the authority by their own credentials.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<ApplicationDescription> Applications { get; init; } = [];

    /// <summary>The registered APIs: what tokens for them look like, and who has which role there.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<ResourceDescription> Resources { get; init; } = [];

    /// <summary>Whether tokens are refused for resources that are not in <see cref="Resources"/>, as Entra does (AADSTS500011).</summary>
    /// <value>Default: false, any absolute URI or GUID will do.</value>
    public bool StrictResources { get; init; }

    /// <summary>What tokens say of who issued them.</summary>
    /// <value>Default: <see cref="IssuerProfile.Local"/>.</value>
    public IssuerProfile Issuer { get; init; }

    /// <summary>Claims that all tokens get beside or in place of the usual ones; null takes a claim out.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, JsonNode?> Claims { get; init; } = ImmutableDictionary<string, JsonNode?>.Empty;

    /// <summary>The address that every port is opened on: a loopback address, since whoever reaches an endpoint gets tokens.</summary>
    /// <value>
    /// Default: 127.0.0.1. 169.254.169.254 is taken where this machine's loopback interface itself carries it, as in a network namespace
    /// made for that; an address that others reach only with <see cref="AllowRemote"/>.
    /// </value>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// Whether ports are opened at all. False: hosts and the token issuer are reached by <see cref="EmulatedHost.CreateHandler()"/> and
    /// <see cref="ManagedIdentityEmulator.CreateHandler"/> alone, and their addresses are made up, the same ones at each start.
    /// </summary>
    /// <value>Default: true.</value>
    public bool OpenPorts { get; init; } = true;

    /// <summary>Fixed ports for the hosts of <see cref="Sources"/>.</summary>
    /// <value>Default: empty. A host that is not named here, or has port 0, gets a free port.</value>
    public IReadOnlyDictionary<SourceKind, int> Ports { get; init; } = new Dictionary<SourceKind, int>();

    /// <summary>A fixed port for the token issuer, which makes the issuer's address the same at each start.</summary>
    /// <value>Default: 0, a free port.</value>
    public int AuthorityPort { get; init; }

    /// <summary>How long a token lives, from the moment it is issued to its expiry. At least a second.</summary>
    /// <value>Default: 24 hours, as on the real platforms.</value>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The clock that <see cref="ManagedIdentityEmulator.Clock"/> follows.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// By which clock the times in tokens go, those beside them and those of the <c>Date</c> and <c>Retry-After</c> headers, and by which the
    /// sample API and the authority judge tokens. Everything else goes by <see cref="ManagedIdentityEmulator.Clock"/>: the tokens that a
    /// platform keeps, limits, delays, keys. The clock's skew comes on top.
    /// </summary>
    /// <value>
    /// Default: <see cref="TokenTimes.Clock"/>. The tool's <c>emulate</c> and <c>exec</c>, which serve other processes, have
    /// <see cref="TokenTimes.Real"/> for their default.
    /// </value>
    public TokenTimes TokenTimes { get; init; }

    /// <summary>The directory in which the Azure Arc host leaves the key files of its challenges. Created if need be.</summary>
    /// <value>
    /// Default: the directory of the real agent, the only one that clients accept: <c>/var/opt/azcmagent/tokens</c> on Linux,
    /// <c>%ProgramData%\AzureConnectedMachineAgent\Tokens</c> on Windows. Null on macOS, where there is no agent.
    /// </value>
    public string? ArcKeyDirectory { get; init; } = MachineEnvironment.Process.ArcKeyDirectory;

    /// <summary>
    /// A directory in which signing keys and the certificates of hosts that speak TLS outlive the emulator, readable by this user alone;
    /// made if need be. Emulators that share one have the same keys.
    /// </summary>
    /// <value>Default: null, new keys and certificates at each start, which are kept nowhere.</value>
    public string? KeyDirectory { get; init; }

    /// <summary>The resource that tokens must be for to be accepted by the sample API; registered in <see cref="Resources"/> or not.</summary>
    /// <value>Default: <c>api://keyless-sample</c>.</value>
    public string ApiAudience { get; init; } = "api://keyless-sample";

    /// <summary>Whether hosts keep their tokens as the real platforms do, and repeat each until it has five minutes left.</summary>
    /// <value>Default: true. False: a new token at each request.</value>
    public bool ReuseTokens { get; init; } = true;

    /// <summary>How many requests each journal keeps, the newest ones.</summary>
    /// <value>Default: 10,000.</value>
    public int JournalCapacity { get; init; } = 10_000;

    /// <summary>Whether the journals show tokens and secrets as they are, and not their hashes.</summary>
    /// <value>Default: false.</value>
    public bool JournalSecrets { get; init; }

    /// <summary>
    /// Where each exchange is logged, once it has ended: category <c>Keyless.Emulator</c>, level information, ids 1 to 3, with the
    /// correlation id that the answer holds. Tokens and secrets stand in it as hashes, as in the journal.
    /// </summary>
    /// <value>Default: null, nowhere.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>What the randomness of faults begins with: the same seed makes the same sequence.</summary>
    /// <value>Default: null, a random one, which <see cref="ManagedIdentityEmulator.Seed"/> then tells.</value>
    public int? Seed { get; init; }

    /// <summary>Rules of what goes wrong from the start, for all hosts unless a rule names one.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>How many token requests each host of IMDS answers before it refuses others as too many.</summary>
    /// <value>Default: null, any number. <c>new RateLimit()</c>: as many as the real service.</value>
    public RateLimit? RateLimit { get; init; }

    /// <summary>Whether a request may ask for its own fault by the header <c>X-Keyless-Fault</c>: a kind's name, or a fault as JSON.</summary>
    /// <value>Default: false, the header means nothing.</value>
    public bool AllowFaultHeader { get; init; }

    /// <summary>The hosts as described, or one for each platform.</summary>
    internal IEnumerable<HostDescription> HostsOrDefaults => Hosts.Count > 0 ? Hosts : Sources.Distinct().Order().Select(DefaultHost);

    /// <summary>The options with these hosts and no others.</summary>
    internal EmulatorOptions WithHosts(IEnumerable<HostDescription> hosts) => this with
    {
        Hosts = [.. hosts],
        Sources = AllSources,
        Ports = ImmutableDictionary<SourceKind, int>.Empty,
    };

    /// <exception cref="EmulatorException">An option has a value that cannot be used.</exception>
    internal void Validate()
    {
        Require(Sources is { Count: > 0 }, nameof(Sources), "is empty. Name at least one platform, or leave it out for all of them.");
        foreach (var source in Sources)
            Require(Enum.IsDefined(source), nameof(Sources), $"holds {source}, which is no platform.");

        Require(Ports is not null, nameof(Ports), "is null. Leave it out for free ports.");
        foreach (var (source, port) in Ports!)
        {
            RequirePort(port, $"{nameof(Ports)}[{source}]");
            Require(
                Sources.Contains(source),
                $"{nameof(Ports)}[{source}]",
                $"is set, but {nameof(Sources)} does not hold {source}. Add it there.");
        }

        RequirePort(AuthorityPort, nameof(AuthorityPort));
        FleetRules.Check(this);
        Require(
            Hosts.Count == 0 || (ReferenceEquals(Sources, AllSources) && Ports.Count == 0),
            nameof(Hosts),
            $"describes hosts, so that {nameof(Sources)} and {nameof(Ports)} have no meaning. Leave those out.");
        var ports = Ports.Values.Append(AuthorityPort).Append(AdminPort ?? 0).ToList();
        foreach (var host in Hosts)
            ports.Add(host.Port);
        ports.RemoveAll(port => port == 0);
        Require(
            ports.Distinct().Count() == ports.Count,
            Hosts.Count > 0 ? nameof(Hosts) : nameof(Ports),
            $"and {nameof(AuthorityPort)} name a port more than once. Each host needs one of its own.");

        Require(
            ArcKeyDirectory is null || !Path.GetFullPath(ArcKeyDirectory).Contains('=', StringComparison.Ordinal),
            nameof(ArcKeyDirectory),
            $"is {ArcKeyDirectory}. Clients misread a path with an equals sign; choose another one.");

        Require(JournalCapacity > 0, nameof(JournalCapacity), $"is {JournalCapacity}. Give at least 1.");
        Require(
            KeyDirectory is null || KeyDirectory.Trim().Length > 0,
            nameof(KeyDirectory),
            "is empty. Give a directory, or leave it out for keys that are kept nowhere.");
        Require(
            (Uri.TryCreate(ApiAudience, UriKind.Absolute, out _) || Guid.TryParse(ApiAudience, out _))
                && ApiAudience.All(c => c is > ' ' and < '\x7f' and not '"'),
            nameof(ApiAudience),
            $"is '{ApiAudience}'. Give an absolute URI or a GUID.");
        Require(
            RateLimit is null or { PerSecond: > 0, Concurrent: > 0 },
            nameof(RateLimit),
            $"is {RateLimit?.PerSecond} a second and {RateLimit?.Concurrent} at once. Give at least 1 each, or leave it out for no limit.");
        foreach (var rule in Faults)
            rule.Validate();
        Require(
            Faults.Select(rule => rule.Name).Distinct(StringComparer.Ordinal).Count() == Faults.Count,
            nameof(Faults),
            "has two rules of one name. Names tell rules apart in the journal.");
        Require(TimeProvider is not null, nameof(TimeProvider), "is null. Leave it out for the system's clock.");
        Require(Enum.IsDefined(TokenTimes), nameof(TokenTimes), $"is {TokenTimes}. Give {TokenTimes.Clock} or {TokenTimes.Real}.");
        Require(
            TokenLifetime >= TimeSpan.FromSeconds(1) && TokenLifetime <= TimeSpan.FromDays(3650),
            nameof(TokenLifetime),
            $"is {TokenLifetime}. Give a time between one second and ten years.");
        ValidateAccess();
    }

    internal static void RequirePort(int port, string option) => Require(
        port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort,
        option,
        $"is {port}. Give a port from 1 to 65535, or 0 for a free one.");

    internal static void Require(bool condition, string option, string text)
    {
        if (!condition)
            throw EmulatorException.Of(option, text);
    }

    private HostDescription DefaultHost(SourceKind source) =>
        HostDescription.For(source) with { Port = Ports.GetValueOrDefault(source) };
}
