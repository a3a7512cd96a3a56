using System.Diagnostics;
using System.Text.Json;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Passthrough.Tests;

/// <summary>A program that stands in for az or azd: it notes what it is asked and prints what a test tells it to.</summary>
internal sealed class StandIn : IDisposable
{
    public const string Token = "real-token-of-a-developer";

    private const string Script = """
        #!/bin/sh
        printf '%s\n' "$@" > "$STANDIN_DIRECTORY/arguments"
        env > "$STANDIN_DIRECTORY/variables"
        echo call >> "$STANDIN_DIRECTORY/calls"
        [ -z "$STANDIN_HANGS" ] || exec sleep 1000
        printf '%s' "$STANDIN_OUTPUT"
        printf '%s' "$STANDIN_ERROR" >&2
        exit "${STANDIN_EXIT_CODE:-0}"
        """;

    // One file for all tests, and written by a process of its own: while a process has a program open for writing, nobody can run it, and
    // what another test starts at that moment has for a moment every file open that this process has.
    private static readonly Lazy<string> Program = new(WriteProgram);

    private readonly TemporaryDirectory _directory = new();

    public StandIn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
    }

    public string Output { get; set; } = "";

    public string Error { get; set; } = "";

    public int ExitCode { get; set; }

    public bool Hangs { get; set; }

    public int Calls => Read("calls").Length;

    public string[] Arguments => Read("arguments");

    public string[] Variables => Read("variables");

    /// <summary>Answers as az does now.</summary>
    public StandIn LikeAz(DateTimeOffset expiresOn) => Printing(new()
    {
        ["accessToken"] = Token,
        ["expiresOn"] = "2001-01-01 00:00:00.000000",
        ["expires_on"] = expiresOn.ToUnixTimeSeconds(),
        ["tokenType"] = "Bearer",
    });

    public StandIn Printing(Dictionary<string, object> members)
    {
        Output = JsonSerializer.Serialize(members);
        return this;
    }

    public PassthroughOptions Options(PassthroughCommand command = PassthroughCommand.Az) => new()
    {
        Command = command,
        Resources = ["https://vault.azure.net", "api://orders"],
        Path = Program.Value,
        Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["STANDIN_DIRECTORY"] = _directory.Path,
            ["STANDIN_OUTPUT"] = Output,
            ["STANDIN_ERROR"] = Error,
            ["STANDIN_EXIT_CODE"] = $"{ExitCode}",
            ["STANDIN_HANGS"] = Hangs ? "yes" : null,
        },
    };

    public void Dispose() => _directory.Dispose();

    private string[] Read(string file)
    {
        var path = Path.Combine(_directory.Path, file);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static string WriteProgram()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"stand-in-{Environment.ProcessId}");
        const string Write = "umask 077; printf '%s' \"$1\" > \"$2\" && chmod u+x \"$2\"";
        string[] arguments = ["-c", Write, "sh", Script.ReplaceLineEndings("\n"), path];
        using var writer = Process.Start(new ProcessStartInfo("/bin/sh", arguments) { UseShellExecute = false })!;
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(path);
        return path;
    }
}
