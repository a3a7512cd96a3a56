using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Fleet;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.InProcess;
using Keyless.Emulator.Journaling;

namespace Keyless.Emulator;

/// <summary>A virtual host: one machine or application of a platform, with the token endpoint that the platform gives it.</summary>
public sealed class EmulatedHost
{
    private static readonly Uri ImdsAddress = new("http://169.254.169.254/");

    private readonly IEndpoint _endpoint;
    private readonly Site _site;
    private readonly Func<Site> _authority;
    private readonly VirtualHost _host;
    private readonly TenantDirectory _directory;

    internal EmulatedHost(
        HostPlan plan,
        VirtualHost host,
        TenantDirectory directory,
        IEndpoint endpoint,
        Site site,
        Func<Site> authority,
        string? arcKeyDirectory,
        FaultPlan faults,
        Journal journal)
    {
        _endpoint = endpoint;
        _site = site;
        _authority = authority;
        _host = host;
        _directory = directory;
        Name = plan.Options.Name;
        Kind = plan.Options.Kind;
        Source = HostKinds.SourceOf(Kind);
        Tenant = plan.Tenant;
        Endpoint = new Uri(site.BaseAddress, endpoint.Path);
        Variables = endpoint.VariablesAt(Endpoint);
        Problem = endpoint.Problem;
        Environment = new HostEnvironment(Variables, Kind == HostKind.AzureArc ? arcKeyDirectory : null);
        Journal = journal;
        Faults = faults;
        _host.Assignments.Delay = plan.Options.PropagationDelay;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public HostKind Kind { get; }

    /// <summary>The platform that it belongs to.</summary>
    public SourceKind Source { get; }

    /// <summary>The tenant that its identities are in.</summary>
    public EmulatedTenant Tenant { get; }

    /// <summary>The address of its token endpoint, without query.</summary>
    public Uri Endpoint { get; }

    /// <summary>The environment variables that a process on this host sees, and that point clients to <see cref="Endpoint"/>.</summary>
    /// <remarks>They hold the host's secret, where its platform has one.</remarks>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>
    /// The machine that a process on this host sees, for <see cref="ManagedIdentityOptions.Environment"/>: its variables and no
    /// others.
    /// </summary>
    public MachineEnvironment Environment { get; }

    /// <summary>Why this host cannot hand out tokens, and how to put it right. Null: it can.</summary>
    public string? Problem { get; }

    /// <summary>The requests that came to it.</summary>
    public Journal Journal { get; }

    /// <summary>What is to go wrong on this host.</summary>
    public FaultPlan Faults { get; }

    /// <summary>
    /// The identities that it hands out tokens for, the system-assigned one first. Empty on Cloud Shell, whose tokens belong to a user.
    /// </summary>
    public IReadOnlyList<EmulatedIdentity> AssignedIdentities => _host.Identities;

    /// <summary>Assigns a user-assigned identity of the host's tenant; it may have it already.</summary>
    /// <remarks>It is found once <see cref="HostDescription.PropagationDelay"/> is over.</remarks>
    /// <param name="identity">The identity's name.</param>
    /// <exception cref="EmulatorException">There is no such identity, or the host can have none.</exception>
    public void Assign(string identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (Kind == HostKind.CloudShell)
            throw new EmulatorException($"{Name} is a Cloud Shell, whose tokens are its user's. It can have no identities.");

        var entry = _directory.Content.FindUserAssigned(Tenant.Id, identity) ?? throw new EmulatorException(
            $"There is no user-assigned identity '{identity}' in the tenant {Tenant.Name} of {Name}.");
        _host.Assignments.Add(entry.Identity);
    }

    /// <summary>Takes an identity away from the host.</summary>
    /// <param name="identity">The identity's name.</param>
    /// <returns>False: it did not have it.</returns>
    public bool Unassign(string identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return _host.Assignments.Remove(assigned => assigned.Name == identity);
    }

    /// <summary>Makes the host's platform forget the tokens that it keeps, so that changes are seen at once and not a day later.</summary>
    public void PurgeTokens() => _host.Tokens.Purge();

    /// <summary>
    /// Makes a handler that hands requests to this host in memory, without a socket, and to the token issuer for validators.
    /// </summary>
    /// <remarks>
    /// It knows this host by its <see cref="Endpoint"/>, a virtual machine also by 169.254.169.254. Requests to anybody else fail with an
    /// <see cref="HttpRequestException"/>; they never leave the process. For Service Fabric use <see cref="CreateHandler(string)"/>.
    /// </remarks>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(Name, () => [.. Sites, _authority()], _host.Clock);

    /// <summary>The same, but it accepts only one certificate, as <see cref="ManagedIdentityOptions.PinnedHandlerFactory"/> must.</summary>
    /// <param name="thumbprint">The certificate's SHA-1 or SHA-256 thumbprint, in hexadecimal.</param>
    public HttpMessageHandler CreateHandler(string thumbprint)
    {
        ArgumentNullException.ThrowIfNull(thumbprint);
        return new PinnedHandler(CreateHandler(), _endpoint.Certificate, thumbprint);
    }

    /// <summary>Names the host, the platform and the address; never a secret.</summary>
    public override string ToString() => $"{Name} ({Source} at {Endpoint})";

    /// <summary>The addresses by which its clients know it.</summary>
    internal IEnumerable<Site> Sites => Source == SourceKind.Imds ? [_site, _site.At(ImdsAddress)] : [_site];

    /// <summary>What its processes alone must know.</summary>
    internal IEnumerable<string> Secrets =>
        Variables.Where(variable => variable.Key is "IDENTITY_HEADER" or "MSI_SECRET").Select(variable => variable.Value);

    /// <summary>The certificate that it speaks TLS with; only its public part is anybody's business. Null: it speaks plain http.</summary>
    internal X509Certificate2? Certificate => _endpoint.Certificate;

    internal AssignedIdentities Assignments => _host.Assignments;

    internal async ValueTask StopAsync()
    {
        await _site.DisposeAsync().ConfigureAwait(false);
        (_endpoint as IDisposable)?.Dispose();
    }
}
