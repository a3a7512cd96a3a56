using System.Net;
using Keyless.Emulator;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Diagnosis;

/// <summary>All that a diagnosis goes by. It is gathered once; the checks only read it.</summary>
internal sealed record Surroundings
{
    public required MachineEnvironment Environment { get; init; }

    public required IFileView Files { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether a port of this machine cannot be opened.</summary>
    public Func<IPAddress, int, bool> IsTaken { get; init; } = static (_, _) => false;

    /// <summary>What was seen of the endpoint. Null: nobody looked.</summary>
    public EndpointLook? Look { get; init; }

    /// <summary>The emulators that this user runs.</summary>
    public IReadOnlyList<KnownEmulator> Emulators { get; init; } = [];

    /// <summary>The emulator's configuration. Null: it cannot be used.</summary>
    public EmulatorOptions? Configuration { get; init; }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<ConfigurationProblem> ConfigurationProblems { get; init; } = [];

    /// <summary>What shows that this is Azure. Null: nothing does.</summary>
    public string? AzureEvidence { get; init; }

    /// <summary>The source that a client would choose.</summary>
    public SourceKind Source => SourceDetection.Detect(Environment).Source;

    /// <summary>Where it would ask.</summary>
    public AnnouncedEndpoint Endpoint => AnnouncedEndpoint.Of(Source, Environment);

    /// <summary>The emulated host that the endpoint is. Null: it is none that is known.</summary>
    public KnownHost? EmulatedHost => Emulators.SelectMany(emulator => emulator.Hosts).FirstOrDefault(host => Endpoint.IsAt(host.Endpoint));

    public bool IsSet(string variable) => Environment.IsSet(variable);
}

/// <summary>Questions to an environment.</summary>
internal static class EnvironmentQuestions
{
    public static bool IsSet(this MachineEnvironment environment, string variable) =>
        !string.IsNullOrEmpty(environment.GetVariable(variable));
}
