using Keyless.Docs.Tests.Pages;

namespace Keyless.Docs.Tests;

public sealed class LinkTests
{
    [Fact]
    public void every_relative_link_leads_to_a_file_and_a_heading()
    {
        var pages = Repository.Pages.ToDictionary(static page => page.File, StringComparer.Ordinal);
        Assert.NotEmpty(pages);

        var broken = (
            from page in pages.Values
            from link in page.Links
            where !link.Contains("://", StringComparison.Ordinal) && !LeadsSomewhere(page, link)
            select $"{page}: {link}").ToList();
        Assert.True(broken.Count == 0, $"These links lead nowhere:\n{string.Join('\n', broken)}");

        bool LeadsSomewhere(Page page, string link)
        {
            var parts = link.Split('#', 2);
            var target = parts[0].Length == 0 ? page.File : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.File)!, parts[0]));
            return parts.Length == 1
                ? File.Exists(target) || Directory.Exists(target)
                : pages.TryGetValue(target, out var other) && other.Anchors.Contains(parts[1], StringComparer.Ordinal);
        }
    }
}
