using System.Text;
using System.Text.RegularExpressions;
using Keyless.Docs.Tests.Pages;

namespace Keyless.Docs.Tests.Snippets;

/// <summary>The regions of compiled code that pages show.</summary>
internal static partial class SnippetSource
{
    /// <summary>Each region by its name, with its indentation taken off.</summary>
    public static IReadOnlyDictionary<string, string> Read() => Repository.Files("*.cs", "test/Keyless.Docs.Tests/Snippets")
        .SelectMany(static file => Region().Matches(File.ReadAllText(file)))
        .ToDictionary(static match => match.Groups["name"].Value, static match => Outdent(match.Groups["code"].Value), StringComparer.Ordinal);

    private static string Outdent(string code)
    {
        var lines = code.TrimEnd('\n').Split('\n');
        var indent = lines.Where(static line => line.Length > 0).Min(static line => line.Length - line.TrimStart(' ').Length);
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line.Length == 0 ? "" : line[indent..]).Append('\n');
        return text.ToString();
    }

    [GeneratedRegex(@"^ *// begin-snippet: (?<name>\S+)\n(?<code>.*?)^ *// end-snippet\n", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Region();
}
