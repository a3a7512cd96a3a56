using Keyless.Cli.Background;
using Keyless.Cli.Tests.Support;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands;

public sealed class LogsCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 15, 9, 0, 0, TimeSpan.Zero));

    private MachineEnvironment Machine => Tool.Machine(("XDG_STATE_HOME", _directory.Path), ("LOCALAPPDATA", _directory.Path));

    private string LogPath => LogFile.PathFor(Machine)!;

    [Fact]
    public async Task without_a_log_it_says_so()
    {
        var run = await new Tool { Environment = Machine }.RunAsync("logs");

        Assert.Equal((4, "Error: There is no log: 'keyless up' has not been used yet.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task lines_have_their_times_and_the_last_ones_may_be_picked()
    {
        Append("Starting.", "Error: no port");
        await File.AppendAllTextAsync(LogPath, "Unhandled exception.\n", TestContext.Current.CancellationToken);

        var all = await new Tool { Environment = Machine }.RunAsync("logs");
        var last = await new Tool { Environment = Machine }.RunAsync("logs", "--lines", "1");
        var json = await new Tool { Environment = Machine }.RunAsync("logs", "--lines", "2", "--json");

        Assert.Equal("2026-03-15 09:00:00Z  Starting.\n2026-03-15 09:00:00Z  Error: no port\nUnhandled exception.\n", all.Output);
        Assert.Equal("Unhandled exception.\n", last.Output);
        Assert.Equal(
            "{\"time\":\"2026-03-15T09:00:00Z\",\"text\":\"Error: no port\"}\n{\"time\":null,\"text\":\"Unhandled exception.\"}\n", json.Output);
    }

    [Fact]
    public async Task it_follows_what_is_added_and_a_log_that_begins_anew()
    {
        Append("One.");
        var tool = new Tool { Environment = Machine, Time = _clock };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "logs", "-f");
        await tool.Output.LineAsync("2026-03-15 09:00:00Z  One.");
        Append("Two.");
        await FollowAsync(tool, "2026-03-15 09:00:00Z  Two.");
        LogFile.Begin(LogPath);
        await FollowAsync(tool, line: null);
        Append("Three.");
        await FollowAsync(tool, "2026-03-15 09:00:00Z  Three.");
        await stop.CancelAsync();

        Assert.Equal(0, (await running).ExitCode);
    }

    [Fact]
    public void a_new_log_keeps_the_one_before_and_is_the_users_alone()
    {
        Append("One.");

        LogFile.Begin(LogPath);

        Assert.Equal(0, new FileInfo(LogPath).Length);
        Assert.Contains("One.", File.ReadAllText(Path.Combine(Path.GetDirectoryName(LogPath)!, "emulator.previous.log")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath));
    }

    [Fact]
    public async Task what_is_no_number_of_lines_is_a_usage_error()
    {
        var run = await new Tool { Environment = Machine }.RunAsync("logs", "--lines", "few");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Error: --lines is 'few'.", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private void Append(params string[] lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogPath)!);
        using var stream = new FileStream(LogPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        using var writer = new LogWriter(stream, new FakeClock(new DateTimeOffset(2026, 3, 15, 9, 0, 0, TimeSpan.Zero)));
        foreach (var line in lines)
            writer.Write(line + "\n");
    }

    // It looks again each time the clock has moved on.
    private async Task FollowAsync(Tool tool, string? line)
    {
        await _clock.WaitForTimersAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        if (line is not null)
            await tool.Output.LineAsync(line);
    }
}
