using System.Diagnostics;
using System.Globalization;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>Runs a measurement in a process of its own.</summary>
internal sealed class MeasurementProcess(bool quick)
{
    /// <summary>The numbers that it printed, by name.</summary>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync(params string[] what)
    {
        var start = Self.Start(["measure", .. what, .. quick ? (string[])[Measurement.Quick] : []]);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The measurement did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The measurement '{string.Join(' ', what)}' ended with {process.ExitCode}: {output}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split('=', 2))
            .Where(static pair => pair.Length == 2)
            .ToDictionary(static pair => pair[0], static pair => double.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }
}
