using System.Text.RegularExpressions;
using Keyless.Docs.Tests.Pages;

namespace Keyless.Docs.Tests;

/// <summary>docs/architecture.md says which folder uses which.</summary>
public sealed partial class ArchitecturePageTests
{
    [Fact]
    public void its_folders_use_what_the_page_says()
    {
        var actual = Repository.Files("*.cs", "src/Keyless")
            .GroupBy(static file => Path.GetDirectoryName(Path.GetRelativePath(Repository.PathOf("src/Keyless"), file))!, StringComparer.Ordinal)
            .ToDictionary(static folder => folder.Key.Length == 0 ? "`Keyless` (the root)" : $"`{folder.Key}`", UsedBy, StringComparer.Ordinal);

        var written = new Page("docs/architecture.md").Table("Folder").ToDictionary(static row => row[0], static row => row[2], StringComparer.Ordinal);

        Assert.Equal(
            actual.OrderBy(static row => row.Key, StringComparer.Ordinal),
            written.OrderBy(static row => row.Key, StringComparer.Ordinal));
    }

    private static string UsedBy(IEnumerable<string> files)
    {
        var used = files.SelectMany(static file => Using().Matches(File.ReadAllText(file)))
            .Select(static match => match.Groups["folder"].Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return used.Count == 0 ? "nothing" : string.Join(", ", used);
    }

    [GeneratedRegex(@"^using Keyless\.(?<folder>\w+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Using();
}
