using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Keyless.Emulator;

namespace Keyless.EmulatorLoad;

/// <summary>What one run of the load came to.</summary>
internal sealed record LoadResult(long Requests, double RequestsPerSecond);

/// <summary>Requests for one token over and over, from wrk: a process of its own that takes little of the machine.</summary>
internal static partial class Load
{
    private const int Connections = 32;

    public static async Task<LoadResult> RunAsync(EmulatedHost host, TimeSpan duration)
    {
        var (header, version) = host.Source == SourceKind.AppService
            ? ($"X-IDENTITY-HEADER: {host.Variables["IDENTITY_HEADER"]}", "2019-08-01")
            : ("Metadata: true", "2018-02-01");
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])
                 [
                     "-t1", $"-c{Connections}", $"-d{duration.TotalSeconds:0}s", "-H", header,
                     $"{host.Endpoint}?api-version={version}&resource=https://vault.azure.net",
                 ])
        {
            start.ArgumentList.Add(argument);
        }

        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start.");
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (wrk.ExitCode != 0 || Refused().IsMatch(output))
            throw new InvalidOperationException($"wrk ended with {wrk.ExitCode}: {output}");

        return new LoadResult(
            long.Parse(Requests().Match(output).Groups["count"].Value, CultureInfo.InvariantCulture),
            double.Parse(PerSecond().Match(output).Groups["rate"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"(?<count>\d+) requests in", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s*(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PerSecond();

    [GeneratedRegex("Non-2xx|Socket errors", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refused();
}
