using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Keyless.Emulator.Passthrough;

/// <summary>What a program printed, and how it ended.</summary>
/// <param name="ExitCode">The exit code; 0 is success.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    private const int MaxCharacters = 64 * 1024;

    /// <summary>Runs a program to its end. Arguments are given as they are: no shell reads them.</summary>
    /// <exception cref="Win32Exception">The file is no program that can be run.</exception>
    /// <exception cref="OperationCanceledException">It was given up; the program has been ended.</exception>
    public static async Task<CommandRun> RunAsync(
        string file,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>> variables,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new Win32Exception($"{file} did not start.");
        try
        {
            // Nobody is there to answer a question.
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput, cancellationToken);
            var error = ReadAsync(process.StandardError, cancellationToken);
            await Task.WhenAll(output, error).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new CommandRun(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Says how it ended; never what it printed.</summary>
    public override string ToString() => $"exit code {ExitCode}";

    // What is too much is read all the same, so that the program is not kept from ending.
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = ArrayPool<char>.Shared.Rent(4096);
        try
        {
            while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
                text.Append(buffer, 0, Math.Min(count, MaxCharacters - text.Length));
            return text.ToString();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself meanwhile.
        }
    }
}
