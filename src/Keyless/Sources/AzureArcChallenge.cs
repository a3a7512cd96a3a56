namespace Keyless.Sources;

/// <summary>
/// Reads the path of the key file out of <c>WWW-Authenticate: Basic realm=…</c>. Quoted and bare realms, further
/// parameters and further schemes are understood; the path itself is not judged here.
/// </summary>
internal static class AzureArcChallenge
{
    private const string Scheme = "Basic";
    private const string Parameter = "realm";
    private const string Blanks = " \t";

    /// <exception cref="ManagedIdentityException">There is no such challenge.</exception>
    public static string KeyFilePath(IReadOnlyList<string> challenges)
    {
        if (challenges.Count == 0)
            throw Refuse("the 401 answer has no WWW-Authenticate header");

        foreach (var challenge in challenges)
        {
            if (FindRealm(challenge) is { Length: > 0 } realm)
                return realm;
        }

        throw Refuse("its WWW-Authenticate header has no 'Basic realm=<path>'");
    }

    public static ManagedIdentityException Refuse(string what) => new(
        new TokenFailure(FailureKind.ArcChallengeRefused, $"The Azure Arc agent's challenge was refused: {what}.") { Source = SourceKind.AzureArc });

    // A header is a list, by commas outside quotes, of schemes with or without a first parameter and of further parameters of the scheme before.
    private static string? FindRealm(ReadOnlySpan<char> challenge)
    {
        var scheme = default(ReadOnlySpan<char>);
        while (!challenge.IsEmpty)
        {
            var end = EndOfItem(challenge);
            var item = challenge[..end].Trim(Blanks);
            challenge = challenge[Math.Min(end + 1, challenge.Length)..];

            var name = item.IndexOfAny(" \t=") is >= 0 and var word ? item[..word] : item;
            var value = item[name.Length..].TrimStart(Blanks);
            if (!value.StartsWith("="))
            {
                scheme = name;
                var equals = Math.Max(value.IndexOf('='), 0);
                name = value[..equals].TrimEnd(Blanks);
                value = value[equals..];
            }

            if (scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
                && name.Equals(Parameter, StringComparison.OrdinalIgnoreCase)
                && ReadValue(value[1..].Trim(Blanks)) is { Length: > 0 } realm)
                return realm;
        }

        return null;
    }

    private static int EndOfItem(ReadOnlySpan<char> list)
    {
        var quoted = false;
        for (var i = 0; i < list.Length; i++)
        {
            switch (list[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    return i;
            }
        }

        return list.Length;
    }

    // Backslashes are part of Windows paths, not escapes: a path can't hold what would need one.
    private static string ReadValue(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("\""))
            return text.ToString();
        var end = text[1..].IndexOf('"');
        return end < 0 ? "" : text.Slice(1, end).ToString();
    }
}
