namespace Keyless.Sources;

/// <summary>
/// Reads the path of the key file out of <c>WWW-Authenticate: Basic realm=…</c>. Quoted and bare realms, further
/// parameters and further schemes are understood; the path itself is not judged here.
/// </summary>
internal static class AzureArcChallenge
{
    private const string Scheme = "Basic";
    private const string Parameter = "realm=";

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

    private static string? FindRealm(string challenge)
    {
        for (var start = 0; (start = challenge.IndexOf(Scheme, start, StringComparison.OrdinalIgnoreCase)) >= 0; start += Scheme.Length)
        {
            var begins = start == 0 || challenge[start - 1] is ' ' or ',';
            var rest = challenge.AsSpan(start + Scheme.Length);
            if (!begins || rest.IsEmpty || rest[0] != ' ')
                continue;

            var parameters = rest.TrimStart(' ');
            if (parameters.StartsWith(Parameter, StringComparison.OrdinalIgnoreCase))
                return ReadValue(parameters[Parameter.Length..]);
        }

        return null;
    }

    private static string ReadValue(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("\""))
        {
            var end = text[1..].IndexOf('"');
            return end < 0 ? "" : text.Slice(1, end).ToString();
        }

        var comma = text.IndexOf(',');
        return (comma < 0 ? text : text[..comma]).Trim().ToString();
    }
}
