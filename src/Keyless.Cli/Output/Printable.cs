namespace Keyless.Cli.Output;

/// <summary>Makes text from elsewhere safe to print: it can't move the cursor or break the line.</summary>
internal static class Printable
{
    public static string Of(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c)) : text;
}
