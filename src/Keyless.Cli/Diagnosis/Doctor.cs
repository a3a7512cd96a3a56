using System.Net;
using System.Net.Sockets;
using Keyless.Cli.Diagnosis.Checks;
using Keyless.Cli.Emulation;
using Keyless.Emulator.Configuration;
using Keyless.Emulator.Safety;

namespace Keyless.Cli.Diagnosis;

/// <summary>Looks at a machine and says what is wrong with it.</summary>
internal static class Doctor
{
    public static IReadOnlyList<ICheck> Checks { get; } =
    [
        new MalformedEndpoint(),
        new InsecureEndpoint(),
        new IncompleteVariables(),
        new ConflictingVariables(),
        new SilentEndpoint(),
        new StaleVariables(),
        new EmulatorInProduction(),
        new CertificateMismatch(),
        new ArcKeyDirectory(),
        new UnreachableLinkLocal(),
        new ClockDifference(),
        new InvalidConfiguration(),
        new TakenPorts(),
        new UnusableHosts(),
        new OtherCredentials(),
        new UnusedClientId(),
        new CredentialChoice(),
        new ProxyVariables(),
        new AzureHost(),
    ];

    /// <summary>What all checks find, the worst first.</summary>
    public static IReadOnlyList<Finding> Examine(Surroundings machine) =>
        [.. Checks.SelectMany(check => check.Examine(machine)).OrderBy(finding => finding.Severity)];

    /// <summary>Gathers what the checks go by.</summary>
    /// <param name="context">The world.</param>
    /// <param name="configuration">The configuration file that was named. Null: the one that 'keyless emulate' would read.</param>
    /// <param name="probes">Whether to look at the endpoint even if it is on another machine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Surroundings> GatherAsync(
        ToolContext context, string? configuration, bool probes, CancellationToken cancellationToken)
    {
        var (options, problems) = ReadConfiguration(context, configuration);
        var machine = new Surroundings
        {
            Environment = context.Environment,
            Files = context.Files,
            Now = context.Time.GetUtcNow(),
            IsTaken = IsTaken,
            Emulators = await KnownEmulator.FindAsync(context, cancellationToken),
            Configuration = options,
            ConfigurationProblems = problems,
            AzureEvidence = AzureEvidence.Find(context.Environment),
        };
        if (machine.Endpoint is not { Address: { } address } endpoint || !(probes || endpoint.IsLoopback))
            return machine;

        // An emulator tells its time by its admin API; a request to its host would be in the journal, and might meet a fault meant for
        // another.
        var look = await new EndpointObserver(context.Time).LookAsync(address, asks: machine.EmulatedHost is null, cancellationToken);
        return machine with { Look = look };
    }

    private static (Keyless.Emulator.EmulatorOptions? Options, IReadOnlyList<ConfigurationProblem> Problems) ReadConfiguration(
        ToolContext context, string? named)
    {
        try
        {
            var layers = EmulatorSettings.LayersOf(EmulatorSettings.FindFile(named, context), [], context);
            return (EmulatorConfiguration.Read(layers).Options, []);
        }
        catch (ConfigurationException e)
        {
            return (null, e.Problems);
        }
    }

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
