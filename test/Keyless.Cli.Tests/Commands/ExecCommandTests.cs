using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Keyless.Cli.Decoding;
using Keyless.Cli.Execution;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Commands;

public sealed class ExecCommandTests
{
    private const string NoShell = "This machine has no /bin/sh.";

    private readonly SharedEmulator _shared;

    public ExecCommandTests(SharedEmulator shared)
    {
        _shared = shared;
        Assert.SkipUnless(File.Exists("/bin/sh"), NoShell);
    }

    [Theory]
    [InlineData("imds")]
    [InlineData("app-service")]
    [InlineData("cloud-shell")]
    [InlineData("service-fabric")]
    [InlineData("machine-learning")]
    public async Task the_command_finds_the_endpoint_of_its_machine(string source)
    {
        var run = await ToolProcess.RunAsync(["exec", "--as", source, "--", .. ToolProcess.Command, "token", "api://orders", "--json"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(source, run.Json.GetProperty("source").GetString());
        var claims = JsonWebToken.Read(run.Json.GetProperty("token").GetString()!).Claims;
        Assert.Equal("api://orders", claims.GetProperty("aud").GetString());
    }

    [Theory]
    [InlineData("orders", "orders", "billing")]
    [InlineData("billing", "billing", "orders")]
    [InlineData("system", "vm", "orders")]
    public async Task a_machine_with_one_identity_gives_its_token_to_who_names_none(string name, string expected, string other)
    {
        using var tool = ToolProcess.Start(
            [], "exec", "--as", "imds", "--identity", name, "--", "sh", "-c", "echo $AZURE_POD_IDENTITY_AUTHORITY_HOST; read x");
        using var http = new HttpClient { BaseAddress = new Uri((await tool.LineAsync())!) };
        http.DefaultRequestHeaders.Add("Metadata", "true");
        const string Request = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api://orders";

        var given = await http.GetStringAsync(Request, TestContext.Current.CancellationToken);
        var refused = await http.GetAsync($"{Request}&client_id={ClientIdOf(other)}", TestContext.Current.CancellationToken);

        Assert.Equal(ClientIdOf(expected), JsonDocument.Parse(given).RootElement.GetProperty("client_id").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await tool.EndAsync();
    }

    [Fact]
    public async Task machine_learning_names_the_one_identity_as_the_default()
    {
        string[] token = [.. ToolProcess.Command, "token", "api://orders"];
        var run = await ToolProcess.RunAsync(["exec", "--as", "machine-learning", "--identity", "billing", "--", .. token]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(ClientIdOf("billing"), JsonWebToken.Read(run.Output.Trim()).Claims.GetProperty("appid").GetString());
    }

    [Fact]
    public async Task of_the_variables_only_those_of_the_machine_are_left()
    {
        using var tool = ToolProcess.Start(
            [
                ("IDENTITY_ENDPOINT", "http://127.0.0.1:1/"),
                ("IDENTITY_HEADER", "inherited"),
                ("IDENTITY_SERVER_THUMBPRINT", "inherited"),
                ("IDENTITY_PROVIDER", "kept: an application's own"),
                ("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:1"),
                ("AZURE_TENANT_ID", "inherited"),
                ("AZURE_CLIENT_ID", "inherited"),
                ("AZURE_CLIENT_SECRET", "inherited"),
                ("AZURE_FEDERATED_TOKEN_FILE", "inherited"),
                ("AZURE_REGION", "kept: says nothing of identities"),
            ],
            "exec",
            "--as",
            "app-service",
            "--",
            "env");

        var run = await tool.EndAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("inherited", run.Output, StringComparison.Ordinal);
        var lines = run.Output.Split('\n')
            .Where(static line => line.Split('_')[0] is "AZURE" or "IDENTITY")
            .Order(StringComparer.Ordinal);
        Assert.Collection(
            lines,
            static line => Assert.Equal("AZURE_REGION=kept: says nothing of identities", line),
            static line => Assert.Matches(@"^IDENTITY_ENDPOINT=http://127\.0\.0\.1:\d\d+/msi/token$", line),
            static line => Assert.Matches("^IDENTITY_HEADER=[0-9A-F]+$", line),
            static line => Assert.Equal("IDENTITY_PROVIDER=kept: an application's own", line));
    }

    [Fact]
    public async Task what_stands_behind_the_dashes_reaches_the_command_as_it_is()
    {
        string[] arguments = ["--json", "--", "-e", "--help", "--as", "@file", "", "a  b", "it's \"$HOME\"", "[suggest]", "--no-color"];

        var run = await ToolProcess.RunAsync(["exec", "--as", "imds", "--", "printf", "%s\\n", .. arguments]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(arguments, run.Output.Split('\n')[..^1]);
    }

    [Fact]
    public async Task standard_input_and_error_are_the_commands()
    {
        using var tool = ToolProcess.Start([], "exec", "--as", "imds", "--", "sh", "-c", "cat; echo done >&2");

        await tool.TypeAsync("one\ntwo\n");
        var run = await tool.EndAsync();

        Assert.Equal((0, "one\ntwo\n", "done\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData(7, "exit 7")]
    [InlineData(255, "exit 255")]
    [InlineData(128 + 9, "kill -9 $$")]
    public async Task the_exit_code_is_the_commands(int expected, string script)
    {
        var run = await new Tool().RunAsync("exec", "--as", "imds", "--", "sh", "-c", script);

        Assert.Equal((expected, "", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task the_endpoint_ends_with_the_command()
    {
        var run = await ToolProcess.RunAsync("exec", "--as", "imds", "--", "sh", "-c", "echo $AZURE_POD_IDENTITY_AUTHORITY_HOST");

        var address = new Uri(run.Output.Trim());
        using var socket = new TcpClient();
        var refused = await Assert.ThrowsAsync<SocketException>(
            () => socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task the_key_files_of_azure_arc_end_with_the_command()
    {
        using var directory = new TemporaryDirectory();
        using var notes = new TemporaryDirectory();
        var list = Path.Combine(notes.Path, "list");

        // The client refuses the directory, which is not the agent's, and so leaves the challenge's key where it is.
        string[] token = ["'" + string.Join("' '", ToolProcess.Command) + "'", "token", "api://orders", ">/dev/null", "2>&1"];
        var script = $"{string.Join(' ', token)}; ls '{directory.Path}' >'{list}'";

        var run = await new Tool { Environment = new KeyedMachine(directory.Path) }
            .RunAsync("exec", "--as", "azure-arc", "--", "sh", "-c", script);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith(".key\n", await File.ReadAllTextAsync(list, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task where_azure_arc_cannot_work_nothing_is_run()
    {
        using var directory = new TemporaryDirectory();
        var ran = Path.Combine(directory.Path, "ran");
        var machine = new KeyedMachine(Path.Combine(directory.Write("file", ""), "tokens"));

        var run = await new Tool { Environment = machine }.RunAsync("exec", "--as", "azure-arc", "--", "touch", ran);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Error: The Azure Arc host cannot write key files to ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(ran));
    }

    [Fact]
    public async Task on_a_terminal_it_says_what_is_emulated_and_cancellation_asks_the_command_to_end()
    {
        var tool = new Tool { Environment = Tool.Machine(("NO_COLOR", "1")), ErrorWidth = 100 };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "exec", "--as", "imds", "--", "sleep", "100");
        await tool.Error.LineAsync("Emulating imds");
        await stop.CancelAsync();
        var run = await running;

        Assert.Equal((128 + 15, "Emulating imds: identities system, orders, billing.\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData(127, "No directory of PATH has a command 'no-such-command'.", "no-such-command")]
    [InlineData(127, "There is no file './no-such-command'.", "./no-such-command")]
    [InlineData(127, "No directory of PATH has a command ''.", "")]
    [InlineData(126, "'/' can't be run: it is a directory.", "/")]
    public async Task a_command_that_cannot_be_run_ends_as_in_a_shell(int code, string message, string command)
    {
        var run = await new Tool().RunAsync("exec", "--as", "imds", "--", command);

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/no/such/interpreter\n", "the interpreter that its first line names does not exist")]
    [InlineData("echo\n", "it is no program of this system")]
    public async Task a_file_that_the_system_refuses_is_not_run(string text, string reason)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "script");

        // By another process: one that this process has open for writing is refused as busy, even when only what another test starts at
        // that moment still has it open.
        string[] write = ["sh", "-c", "printf '%s' \"$1\" > \"$2\" && chmod u=rx \"$2\"", "sh", text, file];
        Assert.Equal(0, (await new Tool().RunAsync(["exec", "--as", "imds", "--", .. write])).ExitCode);

        var run = await new Tool().RunAsync("exec", "--as", "imds", "--", file);

        Assert.Equal((126, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: '{file}' can't be run: {reason}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Say what the command is to run on: by --as SOURCE, or by --host NAME.", "--", "true")]
    [InlineData("Required argument 'command' missing", "--as", "imds")]
    [InlineData("--as does not know 'vm'.", "--as", "vm", "--", "true")]
    [InlineData("--identity does not know 'x'. It takes one of system, orders, billing.", "--as", "imds", "--identity", "x", "--", "true")]
    [InlineData("--identity has no meaning with cloud-shell", "--as", "cloud-shell", "--identity", "orders", "--", "true")]
    [InlineData("The emulator has no host 'web-1'. It has vm (imds), ", "--host", "web-1", "--", "true")]
    [InlineData("The command must stand behind '--'", "--as", "imds", "true")]
    [InlineData("The command must stand behind '--'", "--as", "imds", "sh", "--", "-c", "true")]
    public async Task what_makes_no_sense_is_a_usage_error(string message, params string[] args)
    {
        var run = await new Tool().RunAsync(["exec", .. args]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}", run.Error, StringComparison.Ordinal);
    }

    // The same in every emulator.
    private string ClientIdOf(string name) => $"{_shared.Emulator.Identities.Single(identity => identity.Name == name).ClientId}";
}
