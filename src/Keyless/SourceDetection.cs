using Keyless.Sources;

namespace Keyless;

/// <summary>Which source a machine has, and why not the others. A pure function of the environment: nothing is sent.</summary>
/// <remarks>
/// The order (first match wins): 1. Service Fabric, 2. App Service, 3. Machine Learning, 4. Cloud Shell,
/// 5. Azure Arc by variables, 6. Azure Arc by its agent's program file, 7. IMDS, which nothing needs to announce.
/// </remarks>
public sealed class SourceDetection
{
    internal SourceDetection(DetectionStep chosen, IReadOnlyList<DetectionStep> steps, bool isAnnounced)
    {
        Chosen = chosen;
        Steps = steps;
        IsAnnounced = isAnnounced;
    }

    /// <summary>The source that was chosen.</summary>
    public SourceKind Source => Chosen.Source;

    /// <summary>The rule that chose it.</summary>
    public DetectionStep Chosen { get; }

    /// <summary>Every rule in order, those after the chosen one included.</summary>
    public IReadOnlyList<DetectionStep> Steps { get; }

    /// <summary>Whether something on this machine announced the endpoint. False only for IMDS at its default address, which may be absent.</summary>
    public bool IsAnnounced { get; }

    /// <summary>Detects the source of a machine.</summary>
    /// <param name="environment">The machine; normally <see cref="MachineEnvironment.Process"/>.</param>
    public static SourceDetection Detect(MachineEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return SourceDetector.Detect(environment);
    }
}
