namespace Keyless.Cli.Output;

/// <summary>Breaks text into lines between words. A word that is too long for a line stays whole, so that it can be copied.</summary>
internal static class Wrapping
{
    private const int Narrowest = 20;

    public static IEnumerable<string> Lines(string text, int width)
    {
        width = Math.Max(width, Narrowest);
        var rest = text.AsMemory();
        while (rest.Length > width)
        {
            var at = rest.Span[..(width + 1)].LastIndexOf(' ');
            if (at <= 0)
                at = rest.Span.IndexOf(' ');
            if (at <= 0)
                break;

            yield return rest[..at].ToString();
            rest = rest[(at + 1)..];
        }

        yield return rest.ToString();
    }
}
