using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Keyless.Emulator.Journaling;

/// <summary>Puts hashes in the place of tokens and secrets: those that are known, and whatever stands where such things stand.</summary>
/// <param name="showSecrets">True: leaves everything as it is.</param>
internal sealed partial class Redaction(bool showSecrets)
{
    private const string Mark = "sha256:";

    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-IDENTITY-HEADER", "secret", "client_secret", "client_assertion", "assertion", "access_token", "refresh_token", "id_token",
        "token", "subject_token", "actor_token", "code", "password", "pop_token", "Cookie", "Set-Cookie", "X-API-Key",
    };

    private static readonly HashSet<string> CredentialHeaders =
        new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Proxy-Authorization" };

    private readonly object _gate = new();
    private volatile string[] _known = [];

    /// <summary>Has a secret replaced wherever it turns up.</summary>
    public void Learn(IEnumerable<string> secrets)
    {
        lock (_gate)
            _known = [.. _known, .. secrets.Where(secret => secret.Length > 0)];
    }

    public static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    /// <summary>A named value: of a secret's name only the hash is left.</summary>
    public string Value(string name, string value, string? token = null)
    {
        if (showSecrets || value.Length == 0)
            return value;
        if (CredentialHeaders.Contains(name))
            return Credential(value);
        return SecretNames.Contains(name) ? Mark + Hash(value) : Text(value, token);
    }

    /// <summary>Any text, with every token and known secret in it replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="token">A token that may stand in it and need not look like one.</param>
    public string Text(string text, string? token = null)
    {
        if (showSecrets)
            return text;

        if (!string.IsNullOrEmpty(token))
            text = text.Replace(token, Mark + Hash(token), StringComparison.Ordinal);
        foreach (var secret in _known)
        {
            if (text.Contains(secret, StringComparison.OrdinalIgnoreCase))
                text = text.Replace(secret, Mark + Hash(secret), StringComparison.OrdinalIgnoreCase);
        }

        return TokenForm().Replace(text, match => Mark + Hash(match.Value));
    }

    /// <summary>The texts in a text that look like JSON Web Tokens, whole or cut off.</summary>
    public static IEnumerable<string> TokensIn(string text) => TokenForm().Matches(text).Select(match => match.Value);

    // The scheme is no secret and tells a good deal.
    private static string Credential(string value)
    {
        var blank = value.IndexOf(' ', StringComparison.Ordinal);
        return blank is > 0 and <= 16 ? $"{value[..blank]} {Mark}{Hash(value[(blank + 1)..])}" : Mark + Hash(value);
    }

    // The beginning of a JSON object in base64url, as every JSON Web Token has, and what follows it.
    [GeneratedRegex(
        @"ey[IAJ][A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){0,4}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenForm();
}
