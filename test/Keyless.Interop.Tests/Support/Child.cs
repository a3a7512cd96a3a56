using System.Diagnostics;

namespace Keyless.Interop.Tests.Support;

/// <summary>A process that sees the variables of one emulated host and no other.</summary>
internal static class Child
{
    // What a program needs to run at all; nothing of it concerns identities.
    private static readonly string[] Kept =
        ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "SystemRoot", "TEMP", "TMP", "ProgramData", "ProgramFiles"];

    // A client that meets every trouble pauses for half a minute in all, beside what a busy machine adds. Only a hang takes as long.
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs it to its end, or to the end of the test's patience.</summary>
    /// <returns>The exit code, and what it wrote to its standard output and error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string file,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> variables,
        string input = "",
        CancellationToken cancellationToken = default)
    {
        using var process = Process.Start(StartOf(file, arguments, variables))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>How to start a process in a clean environment.</summary>
    public static ProcessStartInfo StartOf(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var name in Kept)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        // A client that takes IMDS for its source, in error, must not get to the real address. No detection looks at this variable.
        start.Environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = "http://127.0.0.1:9";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return start;
    }
}
