using Keyless.Cli.Administration;
using Keyless.Cli.Tests.Support;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands.Administration;

public sealed class AdminClientTests
{
    [Fact]
    public async Task without_an_emulator_it_says_how_to_start_one()
    {
        using var directory = new TemporaryDirectory();

        var run = await new Tool
        {
            Environment = Tool.Machine(
            ("XDG_RUNTIME_DIR", directory.Path), ("LOCALAPPDATA", directory.Path))
        }.RunAsync("clock", "show");

        Assert.Equal((4, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            "Error: No emulator is running. Start one with 'keyless up' or 'keyless emulate', or name its admin address by --admin or KEYLESS_ADMIN.\n", run.Error);
    }

    [Fact]
    public async Task a_running_emulator_is_found_by_the_file_that_it_leaves_and_forgotten_when_it_ends()
    {
        using var directory = new TemporaryDirectory();
        var machine = Tool.Machine(("XDG_RUNTIME_DIR", directory.Path), ("LOCALAPPDATA", directory.Path));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var tool = new Tool { Environment = machine };

        var running = tool.RunAsync(stop.Token, "emulate", "--source", "imds", "--json");
        var emulator = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await tool.Output.LineAsync("{"));
        await tool.Error.LineAsync("Ready.");
        var file = Assert.Single(AdminFile.ReadAll(machine));
        var found = await new Tool { Environment = machine }.RunAsync("env", "--as", "imds", "--shell", "bash");

        Assert.Equal(emulator.GetProperty("admin").GetString(), file.Admin.AbsoluteUri);
        Assert.Equal((0, ""), (found.ExitCode, found.Error));
        Assert.Contains(
            $"export AZURE_POD_IDENTITY_AUTHORITY_HOST='{emulator.GetProperty("hosts")[0].GetProperty("variables").GetProperty("AZURE_POD_IDENTITY_AUTHORITY_HOST")}'",
            found.Output,
            StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));

        await stop.CancelAsync();
        Assert.Equal(0, (await running).ExitCode);
        Assert.Empty(AdminFile.ReadAll(machine));
    }

    [Fact]
    public async Task the_file_of_one_that_was_killed_is_passed_over_and_removed()
    {
        using var directory = new TemporaryDirectory();
        var machine = Tool.Machine(("XDG_RUNTIME_DIR", directory.Path), ("LOCALAPPDATA", directory.Path));
        using var closed = new ClosedPort();
        _ = AdminFile.Write(new Uri($"http://127.0.0.1:{closed.Port}/"), machine);
        Assert.Single(AdminFile.ReadAll(machine));

        var run = await new Tool { Environment = machine }.RunAsync("clock", "show");

        Assert.Equal(4, run.ExitCode);
        Assert.Empty(AdminFile.ReadAll(machine));
    }

    [Fact]
    public async Task of_several_one_must_be_named()
    {
        using var directory = new TemporaryDirectory();
        var machine = Tool.Machine(("XDG_RUNTIME_DIR", directory.Path), ("LOCALAPPDATA", directory.Path));
        await using var one = await AdministeredEmulator.StartAsync();
        await using var other = await AdministeredEmulator.StartAsync();
        using var first = AdminFile.Write(one.Emulator.AdminAddress!, machine);
        using var second = AdminFile.Write(other.Emulator.AdminAddress!, machine);

        var run = await new Tool { Environment = machine }.RunAsync("clock", "show");
        var named = await new Tool { Environment = machine }.RunAsync("clock", "show", "--admin", other.Emulator.AdminAddress!.AbsoluteUri);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Several emulators are running", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, named.ExitCode);
    }

    [Fact]
    public void files_that_others_could_have_put_there_are_not_believed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Directories have no modes there.");
        using var directory = new TemporaryDirectory();
        var machine = Tool.Machine(("XDG_RUNTIME_DIR", directory.Path));
        using var file = AdminFile.Write(new Uri("http://127.0.0.1:1/"), machine);
        Assert.Single(AdminFile.ReadAll(machine));

#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(Path.Combine(directory.Path, "keyless"), (UnixFileMode)0x1FF);
#pragma warning restore CA1416

        Assert.Empty(AdminFile.ReadAll(machine));
    }

    [Fact]
    public async Task what_is_no_admin_api_is_named()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        using var closed = new ClosedPort();

        var authority = await running.RunAsync("clock", "show", "--admin", running.Emulator.Authority.GetLeftPart(UriPartial.Authority));
        var nobody = await running.RunAsync("clock", "show", "--admin", $"http://127.0.0.1:{closed.Port}");

        Assert.Equal(5, authority.ExitCode);
        Assert.Equal(4, nobody.ExitCode);
        Assert.Contains("No emulator answers at", nobody.Error, StringComparison.Ordinal);
    }
}
