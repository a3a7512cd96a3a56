using System.Text.RegularExpressions;

namespace Keyless.Docs.Tests.Pages;

/// <summary>A Markdown page, as far as the tests look at it.</summary>
internal sealed partial record Page(string Name)
{
    // One page may be rewritten by several tests at once.
    private static readonly Lock Writing = new();

    public string File => Repository.PathOf(Name);

    public string Text { get; private set; } = System.IO.File.ReadAllText(Repository.PathOf(Name));

    /// <summary>The text without code blocks, whose brackets are no links and whose hashes are no headings.</summary>
    private string Prose => Fence().Replace(Text, "");

    public IEnumerable<CodeBlock> CodeBlocks => Fence().Matches(Text).Select(static match =>
        new CodeBlock(match.Groups["language"].Value, match.Groups["snippet"].Value is { Length: > 0 } name ? name : null, match.Groups["code"].Value));

    /// <summary>What the links and images lead to.</summary>
    public IEnumerable<string> Links => Link().Matches(InlineCode().Replace(Prose, "")).Select(static match => match.Groups["target"].Value);

    /// <summary>What stands in the text as code.</summary>
    public IEnumerable<string> CodeNames => InlineCode().Matches(Prose).Select(static match => match.Value.Trim('`'));

    /// <summary>The anchors that headings have, by GitHub's rule.</summary>
    public IReadOnlyList<string> Anchors => [.. Heading().Matches(Prose).Select(static match => AnchorOf(match.Groups["text"].Value))];

    /// <summary>The data rows of the table whose header begins with this cell.</summary>
    public IReadOnlyList<string[]> Table(string firstHeader)
    {
        var lines = Prose.Split('\n');
        var header = Array.FindIndex(lines, line => line.StartsWith('|') && CellsOf(line)[0] == firstHeader);
        Assert.True(header >= 0, $"{Name} has no table whose first column is headed '{firstHeader}'.");
        return [.. lines.Skip(header + 2).TakeWhile(static line => line.StartsWith('|')).Select(CellsOf)];
    }

    /// <summary>Replaces what a match of the pattern's group "body" holds, in the file as well.</summary>
    public void Rewrite(Regex pattern, string body)
    {
        lock (Writing)
        {
            Text = pattern.Replace(System.IO.File.ReadAllText(File), match => string.Concat(
                match.Value.AsSpan(0, match.Groups["body"].Index - match.Index), body, match.Value.AsSpan(match.Groups["body"].Index - match.Index + match.Groups["body"].Length)));
            System.IO.File.WriteAllText(File, Text);
        }
    }

    public override string ToString() => Name;

    private static string[] CellsOf(string line) => [.. line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim())];

    private static string AnchorOf(string heading) => string.Concat(
        heading.Trim().ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"^(<!-- snippet: (?<snippet>\S+) -->\n)?```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(src|href)=""(?<target>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`\n]*`", RegexOptions.None, 1000)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();
}

/// <summary>A fenced block of code.</summary>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Snippet">The name of the compiled snippet that it shows, from the comment above it.</param>
/// <param name="Code">The lines, each with its end.</param>
internal sealed record CodeBlock(string Language, string? Snippet, string Code);
