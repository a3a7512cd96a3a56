using System.Text.RegularExpressions;
using Keyless.Docs.Tests.Pages;

namespace Keyless.Docs.Tests;

/// <summary>The README names the projects and the tool's commands that there are.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void it_names_every_project()
    {
        var projects = Repository.Files("*.csproj", "src").Concat(Repository.Files("*.csproj", "test"))
            .Select(static file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'));

        var written = new Page("README.md").CodeNames.ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(projects, project => !written.Contains(project));
    }

    [Fact]
    public void it_links_every_page()
    {
        var linked = new Page("README.md").Links.ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Repository.Pages, page => page.Name.StartsWith("docs/", StringComparison.Ordinal) && !linked.Contains(page.Name));
    }

    [Fact]
    public void it_names_every_command_of_the_tool_and_no_other()
    {
        const string CommandLine = "src/Keyless.Cli/CommandLine.cs";
        if (!File.Exists(Repository.PathOf(CommandLine)))
            Assert.Skip($"The tool is not in this tree: there is no {CommandLine}.");

        var commands = Command().Matches(File.ReadAllText(Repository.PathOf(CommandLine)))
            .Select(static match => match.Groups["name"].Value.ToLowerInvariant())
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.NotEmpty(commands);

        var written = new Page("README.md").Table("Command")
            .Select(static row => row[0].Trim('`').Split(' ')[1])
            .Order(StringComparer.Ordinal);

        Assert.Equal(commands, written);
    }

    [GeneratedRegex(@"new (?<name>\w+)Command\(context", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();
}
