using System.Diagnostics;
using System.Text.Json;

namespace Keyless.Msal.Tests.Comparison;

/// <summary>Runs a group of the shared cases in a process of its own, with no variables of this machine's sources, and reads its lines.</summary>
internal static class CaseRun
{
    // Those that begin first mostly wait, for the pauses between retries.
    private static readonly SemaphoreSlim Running = new(9);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> OfAsync(string program, string group, CancellationToken cancellationToken)
    {
        await Running.WaitAsync(cancellationToken);
        try
        {
            return Read(await RunAsync(program, group, cancellationToken));
        }
        finally
        {
            Running.Release();
        }
    }

    private static async Task<string> RunAsync(string program, string group, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var start = new ProcessStartInfo("dotnet", [PathOf(program), group]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

        // The real address of IMDS must not be tried, whatever goes wrong.
        start.Environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = "http://127.0.0.1:9";
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"{program} {group} ended with {process.ExitCode}:\n{await errors}");
            return await output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Read(string output)
    {
        var cases = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            cases.Add(
                json.RootElement.GetProperty("name").GetString()!,
                json.RootElement.GetProperty("facts").EnumerateObject().ToDictionary(fact => fact.Name, fact => fact.Value.GetString()!, StringComparer.Ordinal));
        }

        return cases;
    }

    // The programs lie beside this one, in the same configuration.
    private static string PathOf(string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, program, here.Name, $"{program}.dll");
    }
}
