using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Background;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Background;

/// <summary>An emulator in the background, by the real tool in processes of their own.</summary>
public sealed class BackgroundTests
{
    [Fact]
    public async Task it_is_there_for_every_command_until_it_is_ended_and_leaves_no_process_and_no_file()
    {
        await using var user = new Household();

        var up = await user.RunAsync("up", "--timeout", "5m");
        Assert.Equal((0, ""), (up.ExitCode, up.Error));
        Assert.StartsWith("The emulator is up.\n", up.Output, StringComparison.Ordinal);
        Assert.Contains("keyless down", up.Output, StringComparison.Ordinal);

        var status = await user.RunAsync("status", "--json");
        Assert.Equal((0, ""), (status.ExitCode, status.Error));
        var emulator = Assert.Single(status.Json.GetProperty("emulators").EnumerateArray());
        var process = emulator.GetProperty("process").GetInt32();
        Assert.True(emulator.GetProperty("background").GetBoolean());
        Assert.Contains($"process {process}\n", up.Output, StringComparison.Ordinal);
        Assert.False(DetachedProcess.HasGone(process));

        var env = await user.RunAsync("env", "--host", "web", "--json");
        var variables = env.Json.GetProperty("variables").EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!, StringComparer.Ordinal);
        var token = await new Tool { Environment = MachineEnvironment.FromVariables(variables) }.RunAsync("token", "https://vault.azure.net");
        Assert.Equal((0, ""), (token.ExitCode, token.Error));

        var logs = await user.RunAsync("logs");
        Assert.Contains($"Starting as process {process}.\n", logs.Output, StringComparison.Ordinal);
        Assert.Contains("Ready.", logs.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(variables["IDENTITY_HEADER"], logs.Output, StringComparison.Ordinal);

        var down = await user.RunAsync("down", "--timeout", "5m");
        Assert.Equal((0, ""), (down.ExitCode, down.Error));
        Assert.Equal($"The emulator has ended, process {process}.\n", down.Output);
        Assert.True(DetachedProcess.HasGone(process));
        Assert.Empty(user.Records);
        Assert.EndsWith("  Stopped.\n", (await user.RunAsync("logs")).Output, StringComparison.Ordinal);
        Assert.Equal(
            ["emulator.log"], Directory.EnumerateFiles(user.HomePath, "*", SearchOption.AllDirectories).Select(Path.GetFileName), StringComparer.Ordinal);
    }

    [Fact]
    public async Task it_has_left_the_terminal_and_its_log_is_the_users_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sessions and modes are read the way Linux shows them.");
        await using var user = new Household();

        var emulator = await user.UpAsync("--source", "imds");

        var id = emulator.GetProperty("process").GetInt32();
        var facts = (await File.ReadAllTextAsync($"/proc/{id}/stat", TestContext.Current.CancellationToken)).Split(") ")[^1].Split(' ');
        Assert.Equal(($"{id}", "0"), (facts[3], facts[4]));    // its session, its terminal
        var log = emulator.GetProperty("log").GetString()!;
        Assert.All([0, 1, 2], stream => Assert.Contains(File.ResolveLinkTarget($"/proc/{id}/fd/{stream}", true)!.FullName, (string[])["/dev/null", log]));
#pragma warning disable CA1416 // Skipped elsewhere.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task a_second_one_is_not_started_whether_the_calls_come_one_after_the_other_or_at_once()
    {
        await using var user = new Household();

        var both = await Task.WhenAll(
            user.RunAsync("up", "--source", "imds", "--json", "--timeout", "5m"), user.RunAsync("up", "--source", "imds", "--json", "--timeout", "5m"));
        var third = await user.RunAsync("up", "--source", "imds");

        Assert.All(both, run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        Assert.Equal([false, true], both.Select(run => run.Json.GetProperty("alreadyUp").GetBoolean()).Order());
        Assert.Single(both.Select(run => run.Json.GetProperty("emulator").GetProperty("process").GetInt32()).Distinct());
        Assert.Equal((0, ""), (third.ExitCode, third.Error));
        Assert.StartsWith("The emulator is up already.\n", third.Output, StringComparison.Ordinal);
        Assert.Single(user.Records);
    }

    [Fact]
    public async Task one_that_is_up_otherwise_than_asked_for_stays_as_it_is_and_that_is_an_error()
    {
        await using var user = new Household();
        var emulator = await user.UpAsync("--source", "imds", "--lifetime", "90m");

        var run = await user.RunAsync("up", "--source", "imds");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("it has --source=imds --lifetime=90m, asked for is --source=imds.", run.Error, StringComparison.Ordinal);
        Assert.Equal(emulator.GetProperty("process").GetInt32(), Assert.Single(user.Records).Process);
    }

    [Fact]
    public async Task it_serves_what_a_file_describes_wherever_the_next_command_is_run()
    {
        await using var user = new Household();
        var file = user.Write("shop.json", """{ "hosts": [{ "name": "worker", "kind": "vm" }] }""");

        var emulator = await user.UpAsync("--config", file);
        var again = await user.RunAsync("up", "--config", Path.GetRelativePath(Environment.CurrentDirectory, file), "--json");

        Assert.Equal(file, emulator.GetProperty("configuration").GetString());
        Assert.Equal("worker", Assert.Single(emulator.GetProperty("hosts").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal((0, true), (again.ExitCode, again.Json.GetProperty("alreadyUp").GetBoolean()));
    }

    [Fact]
    public async Task one_that_cannot_start_says_why_and_leaves_nothing()
    {
        await using var user = new Household();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await user.RunAsync("up", "--source", "imds", "--port", $"{port}", "--timeout", "5m");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("The end of its log, ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"  Error: Port {port} of 127.0.0.1 is in use.", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("Error: The emulator has not started. What hindered it stands above.\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(user.Records);
    }

    [Fact]
    public async Task a_wrong_configuration_is_named_before_anything_is_started()
    {
        await using var user = new Household();
        var file = user.Write("bad.json", """{ "hosts": 3 }""");

        var run = await user.RunAsync("up", "--config", file);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal($"Error: {file}:1:12: hosts is a number. Give a list.\n", run.Error);
        Assert.False(File.Exists(LogFile.PathFor(user.Machine)));
    }

    [Fact]
    public async Task the_file_of_one_that_was_killed_hinders_nobody()
    {
        await using var user = new Household();
        var killed = (await user.UpAsync("--source", "imds")).GetProperty("process").GetInt32();
        using (var process = Process.GetProcessById(killed))
            process.Kill();
        Assert.True(SpinWait.SpinUntil(() => DetachedProcess.HasGone(killed), TimeSpan.FromMinutes(1)));
        Assert.Single(user.Records);

        var down = await user.RunAsync("down");
        Assert.Equal((0, "No emulator runs in the background.\n", ""), (down.ExitCode, down.Output, down.Error));
        Assert.Empty(user.Records);

        var next = (await user.UpAsync("--source", "imds")).GetProperty("process").GetInt32();
        Assert.NotEqual(killed, next);
    }

    [Fact]
    public async Task one_with_an_admin_key_is_ended_by_who_has_the_key()
    {
        await using var user = new Household();
        var key = user.Write("key", "a-key-of-24-characters-!");
        var process = (await user.UpAsync("--source", "imds", "--admin-key-file", key)).GetProperty("process").GetInt32();

        var status = await user.RunAsync("status");
        var refused = await user.RunAsync("down");
        Assert.Contains("asks for its admin key", status.Output, StringComparison.Ordinal);
        Assert.Equal(5, refused.ExitCode);
        Assert.False(DetachedProcess.HasGone(process));

        Assert.Equal(0, (await user.RunAsync("down", "--admin-key-file", key)).ExitCode);
        Assert.True(DetachedProcess.HasGone(process));
    }

    [Fact]
    public async Task whoever_reads_its_output_is_not_kept_waiting_and_a_program_of_its_own_does_the_same()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell there is another one.");
        await using var user = new Household();
        var program = Path.ChangeExtension(typeof(CommandLine).Assembly.Location, null);
        Assert.SkipUnless(File.Exists(program), "There is no program beside the assembly.");

        // 'cat' ends when everybody has closed the pipe.
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"'{program}' up --source imds --json --timeout 5m | cat"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in user.Variables)
            start.Environment[name] = value;
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.GetDirectoryName(ToolProcess.Command[0])!);
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        var up = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal(up.GetProperty("emulator").GetProperty("process").GetInt32(), Assert.Single(user.Records).Process);
    }
}
