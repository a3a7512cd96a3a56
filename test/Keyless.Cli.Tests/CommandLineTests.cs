using Keyless.Cli.Commands;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests;

public sealed class CommandLineTests
{
    private const string Token = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl";

    public static TheoryData<string> Commands => [.. CommandLine.Build(Context()).Subcommands.Select(command => command.Name)];

    [Fact]
    public async Task without_arguments_it_says_what_there_is()
    {
        var run = await new Tool().RunAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(Commands, command => Assert.Contains($"\n  {command.Data}", run.Output, StringComparison.Ordinal));
        Assert.Contains("keyless demo", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task every_command_has_a_help_with_examples(string command)
    {
        var run = await new Tool().RunAsync(command, "--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Description:\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"keyless {command}", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nExamples:\n  # ", run.Output, StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void the_examples_in_the_help_are_valid_command_lines()
    {
        var root = CommandLine.Build(Context());
        var commands = root.Subcommands.Concat(root.Subcommands.SelectMany(command => command.Subcommands)).Cast<ToolCommand>();
        foreach (var example in commands.SelectMany(command => command.Examples))
        {
            foreach (var call in example.Line.Split(" > ")[0].Split(" | ").Where(part => part.StartsWith("keyless ", StringComparison.Ordinal)))
                Assert.Empty(root.Parse(call["keyless ".Length..]).Errors);
        }

    }

    [Fact]
    public async Task it_says_its_version()
    {
        var run = await new Tool().RunAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }

    [Fact]
    public async Task an_unknown_command_is_a_usage_error_that_names_the_commands()
    {
        var run = await new Tool().RunAsync("tokn");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            """
            Error: Unrecognized command or argument 'tokn'.
            The commands are token, detect, doctor, decode, explain, demo, emulate, exec, up, down, status, logs, config, env, fault, journal, clock, key, identity, resource, cert.
            Run 'keyless --help' to see what it takes.

            """,
            run.Error);
    }

    [Fact]
    public async Task a_missing_argument_is_a_usage_error_of_its_command()
    {
        var run = await new Tool().RunAsync("token");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.EndsWith("Run 'keyless token --help' to see what it takes.\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decode", Token)]
    [InlineData("token", "https://vault.azure.net", Token)]
    [InlineData("detect", Token)]
    [InlineData("token", "https://vault.azure.net", "--source", Token)]
    public async Task a_token_on_the_command_line_is_not_repeated(params string[] args)
    {
        var run = await new Tool().RunAsync(args);

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("eyJ", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_argument_that_begins_with_an_at_sign_is_no_file()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("arguments", "https://vault.azure.net\n--source\nimds\n");

        var run = await new Tool().RunAsync("token", $"@{file}", "--client-id", "no-guid");

        // The resource is taken as it stands; only the id is at fault.
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Error: 'no-guid' is not a client id", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_unexpected_error_shows_no_stack_trace()
    {
        var run = await new Tool { Environment = new BrokenMachine() }.RunAsync("detect");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal("Error: Unexpected error (NotSupportedException): this machine is broken\n", run.Error);
    }

    private static ToolContext Context() => new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        OpenInput = () => Stream.Null,
        Environment = Tool.Machine(),
    };

    private sealed class BrokenMachine : MachineEnvironment
    {
        // Colours are decided by variables that nothing depends on.
        public override string? GetVariable(string name) =>
            name.StartsWith("IDENTITY_", StringComparison.Ordinal) ? throw new NotSupportedException("this machine is broken") : null;
    }
}
