using System.Globalization;
using Keyless.Cli.Execution;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Commands;

/// <summary>Signals to the tool, while it runs a command: who gets them, and what the tool ends with.</summary>
public sealed class ExecSignalTests
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Terminate = 15;

    // Until a trap kills what is waited for, which may be before the wait. A shell that reads would miss a signal just before that.
    private const string Wait = "sleep 1000 & echo ready; wait";

    public ExecSignalTests() => Assert.SkipUnless(File.Exists("/bin/sh"), "This machine has no /bin/sh.");

    [Fact]
    public async Task a_signal_is_passed_on_and_the_command_decides()
    {
        using var tool = ToolProcess.Start(
            [], "exec", "--as", "imds", "--", "sh", "-c", $"trap 'echo told; kill $!' TERM; {Wait}; exit 3");
        Assert.Equal("ready", await tool.LineAsync());

        Signal(tool.Id, Terminate);

        Assert.Equal("told", await tool.LineAsync());
        Assert.Equal(3, (await tool.EndAsync()).ExitCode);
    }

    [Theory]
    [InlineData(Hangup, "HUP")]
    [InlineData(Interrupt, "INT")]
    [InlineData(Quit, "QUIT")]
    public async Task without_a_terminal_all_signals_are_passed_on(int number, string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This system has no setsid.");
        string[] command = ["sh", "-c", $"trap 'echo told; kill $!' {name}; echo $PPID; {Wait}; exit 3"];
        using var tool = ToolProcess.Start(
            ["setsid", "--wait", "env", $"--default-signal={name}"], [], ["exec", "--as", "imds", "--", .. command]);
        var id = await tool.LineAsync();
        Assert.Equal("ready", await tool.LineAsync());

        Signal(int.Parse(id!, CultureInfo.InvariantCulture), number);

        Assert.Equal("told", await tool.LineAsync());
        Assert.Equal(3, (await tool.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task a_key_of_the_terminal_reaches_the_command_once_and_the_tool_waits_for_it()
    {
        using var directory = new TemporaryDirectory();
        using var terminal = StartInTerminal(directory, """
            trap 'n=$((n+1)); echo told' INT
            trap 'echo in all $n; kill $!; exit 3' TERM
            sleep 1000 &
            echo id $PPID
            while :; do wait; done
            """);
        var id = await LineWithAsync(terminal, "id ");

        await terminal.TypeAsync("\u0003");
        await LineWithAsync(terminal, "told");

        // What the tool passes on comes after anything that it might have passed on before.
        Signal(int.Parse(id.Split(' ')[1], CultureInfo.InvariantCulture), Terminate);
        await LineWithAsync(terminal, "in all 1");
        Assert.Equal(3, (await terminal.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task a_key_reaches_the_command_once_even_before_the_tool_knows_that_it_runs()
    {
        using var directory = new TemporaryDirectory();

        // Sends what a key sends, to all that the terminal would send it to.
        using var terminal = StartInTerminal(directory, """
            trap 'n=$((n+1))' INT
            trap 'echo in all $n; kill $!; exit 3' TERM
            kill -INT 0
            sleep 1000 &
            echo id $PPID
            while :; do wait; done
            """);
        var id = await LineWithAsync(terminal, "id ");

        Signal(int.Parse(id.Split(' ')[1], CultureInfo.InvariantCulture), Terminate);
        await LineWithAsync(terminal, "in all 1");
        Assert.Equal(3, (await terminal.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task who_was_started_with_a_signal_ignored_goes_on_ignoring_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What is ignored can't be seen on this system.");
        using var tool = ToolProcess.Start(
            ["env", "--ignore-signal=HUP"], [], "exec", "--as", "imds", "--", "grep", "SigIgn", "/proc/self/status");

        var run = await tool.EndAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches("^SigIgn:\\s+[0-9a-f]*[13579bdf]\n$", run.Output);
    }

    [Fact]
    public async Task a_command_that_ignores_a_signal_keeps_the_tool_running()
    {
        using var tool = ToolProcess.Start(
            [], "exec", "--as", "imds", "--", "sh", "-c", $"trap 'echo no; kill $!' TERM; {Wait}; read x; exit 4");
        Assert.Equal("ready", await tool.LineAsync());

        Signal(tool.Id, Terminate);
        Assert.Equal("no", await tool.LineAsync());
        await tool.TypeAsync("\n");

        Assert.Equal(4, (await tool.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task a_command_that_a_signal_ends_gives_the_code_that_shells_give()
    {
        using var tool = ToolProcess.Start([], "exec", "--as", "imds", "--", "sh", "-c", "echo ready; exec sleep 100");
        Assert.Equal("ready", await tool.LineAsync());

        Signal(tool.Id, Terminate);

        Assert.Equal(128 + Terminate, (await tool.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task a_pipe_within_the_command_breaks_as_it_does_without_the_tool()
    {
        var run = await ToolProcess.RunAsync("exec", "--as", "imds", "--", "sh", "-c", "yes | head -n 1");

        Assert.Equal((0, "y\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    private static ToolProcess StartInTerminal(TemporaryDirectory directory, string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This system's script takes other options.");
        var file = directory.Write("command", script);
        // Without exec, some shells stay in between, and end by the key themselves.
        var line = $"exec '{string.Join("' '", ToolProcess.Command)}' exec --as imds -- sh '{file}'";
        return ToolProcess.StartOther(
            "env", "--default-signal=INT", "script", "--quiet", "--return", "--command", line, Path.Combine(directory.Path, "typescript"));
    }

    // The terminal shows keys, too.
    private static async Task<string> LineWithAsync(ToolProcess terminal, string text)
    {
        var seen = new List<string>();
        while (await terminal.LineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
            seen.Add(line);
        }

        throw new InvalidOperationException($"There was no '{text}' up to the end, but: {string.Join(" | ", seen)}");
    }

    private static void Signal(int process, int number)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(0, LibC.Kill(process, number));
    }
}
