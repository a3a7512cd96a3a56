using System.CommandLine;
using System.Reflection;
using Keyless.Cli.Detection;
using Keyless.Cli.Execution;
using Keyless.Cli.Explaining;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests;

/// <summary>docs/cli.md knows every command, option and exit code, and its examples are valid command lines.</summary>
public sealed class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "cli.md"));

    private static readonly RootCommand Root = CommandLine.Build(new ToolContext
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        OpenInput = () => Stream.Null,
        Environment = Tool.Machine(),
    });

    [Fact]
    public void every_command_has_a_section_with_all_its_options()
    {
        foreach (var command in Root.Subcommands)
        {
            var start = Text.IndexOf($"\n## {command.Name}\n", StringComparison.Ordinal);
            Assert.True(start >= 0, $"There is no section '{command.Name}'.");
            var end = Text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
            var section = end < 0 ? Text[start..] : Text[start..end];
            Assert.All(command.Subcommands, sub => Assert.Contains($"`keyless {command.Name} {sub.Name}", section, StringComparison.Ordinal));
            var options = command.Options.Concat(command.Subcommands.SelectMany(sub => sub.Options));
            Assert.All(options, option => Assert.Contains($"`{option.Name}", section, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void every_exit_code_has_a_row()
    {
        var fields = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static);
        var codes = fields.Select(field => (int)field.GetRawConstantValue()!).ToArray();

        Assert.Equal(12, codes.Length);
        Assert.All(codes, code => Assert.Contains($"\n| {code} | ", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void kinds_of_failure_stand_in_the_row_of_their_code()
    {
        foreach (var kind in Enum.GetValues<FailureKind>())
        {
            var rows = Text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal));
            var row = rows.FirstOrDefault(line => line.Contains($"`{kind}`", StringComparison.Ordinal));

            // The kinds that no row names are those of code 5.
            Assert.StartsWith($"| {ExitCodes.For(kind)} | ", row ?? "| 5 | ", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void every_example_is_a_valid_command_line()
    {
        var examples = Text.Split("```console\n")[1..]
            .SelectMany(block => block[..block.IndexOf("```", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(line => line.Split(" > ")[0].Split(" | "))
            .Where(call => call.StartsWith("keyless ", StringComparison.Ordinal))
            .ToArray();

        Assert.True(examples.Length >= 10);
        Assert.All(examples, call => Assert.Empty(Root.Parse(call["keyless ".Length..]).Errors));
    }

    [Fact]
    public void every_error_of_entra_that_is_explained_is_listed()
    {
        var section = Text[Text.IndexOf("\n## explain\n", StringComparison.Ordinal)..];
        var numbers = EntraErrorGuide.All.Select(known => known.Term[EntraErrorGuide.Prefix.Length..]);

        Assert.All(numbers, number => Assert.Matches($@"managed identities meet: [0-9, ]*\b{number}\b", section));
    }

    [Fact]
    public void every_variable_that_exec_removes_is_named()
    {
        var section = Text[Text.IndexOf("\n## exec\n", StringComparison.Ordinal)..];
        var removed = SourceVariable.Names.Concat(ChildVariables.OtherEndpoints).Concat(ChildVariables.OtherCredentials);

        Assert.All(removed, name => Assert.Contains($"`{name}`", section, StringComparison.Ordinal));
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Keyless.slnx")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return directory.FullName;
    }
}
