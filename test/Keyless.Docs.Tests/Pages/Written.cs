using System.Text.RegularExpressions;

namespace Keyless.Docs.Tests.Pages;

/// <summary>
/// The parts of pages that follow from the code: compared with what the page says or, where the variable KEYLESS_UPDATE_DOCS is 1,
/// written into it.
/// </summary>
internal static class Written
{
    private static bool Updates => Environment.GetEnvironmentVariable("KEYLESS_UPDATE_DOCS") == "1";

    /// <summary>The part between <c>&lt;!-- generated: name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>.</summary>
    public static void Check(string page, string name, string expected)
    {
        var pattern = new Regex($"<!-- generated: {name} -->\n(?<body>.*?)<!-- end of {name} -->", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Check(new Page(page), pattern, $"\n{expected.Trim()}\n\n", $"the generated part '{name}'");
    }

    /// <summary>The block below <c>&lt;!-- snippet: name --&gt;</c>.</summary>
    public static void CheckSnippet(Page page, string name, string expected)
    {
        var pattern = new Regex($"<!-- snippet: {Regex.Escape(name)} -->\n```csharp\n(?<body>.*?)```\n", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Check(page, pattern, expected, $"the snippet '{name}'");
    }

    private static void Check(Page page, Regex pattern, string expected, string what)
    {
        var match = pattern.Match(page.Text);
        Assert.True(match.Success, $"{page} has no markers for {what}.");
        if (match.Groups["body"].Value == expected)
            return;

        if (Updates)
            page.Rewrite(pattern, expected);
        else
            Assert.Fail($"In {page}, {what} is not what the code says. Run the tests once with KEYLESS_UPDATE_DOCS=1 and look at the difference.\n\nExpected:\n{expected}");
    }
}
