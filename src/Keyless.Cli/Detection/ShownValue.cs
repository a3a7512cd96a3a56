using Keyless.Cli.Output;

namespace Keyless.Cli.Detection;

/// <summary>A variable's value without what may be a secret put in the wrong place: the user name and the query of an address.</summary>
internal static class ShownValue
{
    private const int MostCharacters = 200;

    public static string Of(string value)
    {
        var text = value;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0 && text.IndexOf('@', scheme) is >= 0 and var at)
            text = string.Concat(text.AsSpan(0, scheme + 3), "(hidden)", text.AsSpan(at));
        if (text.AsSpan().IndexOfAny('?', '#') is >= 0 and var query)
            text = string.Concat(text.AsSpan(0, query + 1), "(hidden)");
        if (text.Length > MostCharacters)
            text = string.Concat(text.AsSpan(0, MostCharacters), "...");
        return Printable.Of(text);
    }
}
