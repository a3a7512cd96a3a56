using Keyless.Docs.Tests.Pages;
using Keyless.Docs.Tests.Snippets;

namespace Keyless.Docs.Tests;

/// <summary>The C# of every page is code that this project compiles, and mostly runs.</summary>
public sealed class SnippetTests
{
    [Fact]
    public void every_block_of_csharp_is_a_compiled_snippet()
    {
        var snippets = SnippetSource.Read();
        foreach (var page in Repository.Pages)
        {
            foreach (var block in page.CodeBlocks.Where(static block => block.Language == "csharp"))
            {
                Assert.True(block.Snippet is not null, $"{page}: there is no '<!-- snippet: name -->' right above this block:\n{block.Code}");
                Assert.True(snippets.ContainsKey(block.Snippet), $"{page}: no file under test/Keyless.Docs.Tests/Snippets has the snippet '{block.Snippet}'.");
                Written.CheckSnippet(page, block.Snippet, snippets[block.Snippet]);
            }
        }
    }

    [Fact]
    public void every_snippet_is_on_a_page()
    {
        var shown = Repository.Pages.SelectMany(static page => page.CodeBlocks).Select(static block => block.Snippet).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(SnippetSource.Read().Keys, name => !shown.Contains(name));
    }

    [Fact]
    public void no_block_of_csharp_is_written_so_that_the_check_overlooks_it()
    {
        foreach (var page in Repository.Pages)
        {
            var fences = page.Text.Split('\n').Count(static line => line.TrimStart().TrimStart('`', '~').Trim() is "csharp" or "cs" or "c#" or "C#");
            Assert.True(
                fences == page.CodeBlocks.Count(static block => block.Language == "csharp"),
                $"{page}: a block of C# is indented, or begins with another fence than ```csharp.");
        }
    }
}
