using System.Globalization;
using System.Runtime.InteropServices;

namespace Keyless.Benchmarks.Results;

/// <summary>What the numbers depend on: the day, the runtime, the system and the processor. Not the machine's name.</summary>
internal static class MachineText
{
    public static string Describe() => string.Join(
        ", ",
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd} (UTC)"),
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores"),
        Processor());

    private static string Processor()
    {
        const string List = "/proc/cpuinfo";
        var model = File.Exists(List)
            ? File.ReadLines(List).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model is null ? RuntimeInformation.ProcessArchitecture.ToString() : model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
