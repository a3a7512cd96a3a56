using System.Security.Cryptography;
using System.Text;

namespace Keyless.Testing;

/// <summary>A secret that is recognised wherever it turns up: as it is, in part, or in the encodings that secrets leak in.</summary>
public sealed class Canary
{
    /// <summary>How many characters in a row give a secret away. A short prefix for people to compare is allowed.</summary>
    private const int TellingLength = 10;

    private readonly string _label;
    private readonly HashSet<string> _traces = new(StringComparer.Ordinal);

    /// <summary>Makes a new secret.</summary>
    /// <param name="label">What it is, for the message when it is found: "access token", "identity header".</param>
    public Canary(string label)
        : this(label, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) + "Canary")
    {
    }

    /// <summary>Watches over a secret that something else has made, such as a signed token.</summary>
    /// <param name="label">What it is, for the message when it is found.</param>
    /// <param name="value">The secret, at least 10 characters long.</param>
    public Canary(string label, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Length, TellingLength, nameof(value));
        (_label, Value) = (label, value);
        foreach (var form in Forms(value))
        {
            for (var i = 0; i + TellingLength <= form.Length; i++)
                _traces.Add(form.Substring(i, TellingLength));
        }
    }

    /// <summary>The secret itself, to give to the code under test.</summary>
    public string Value { get; }

    /// <summary>Searches texts for the secret.</summary>
    /// <param name="texts">Log entries, exception texts, journals, files.</param>
    /// <exception cref="SecretLeakException">One of them contains it, or a telling part of it.</exception>
    public void AssertAbsentFrom(IEnumerable<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        foreach (var text in texts)
        {
            if (text is not null && IsIn(text))
                throw new SecretLeakException($"The {_label} stands in this text:\n{text}");
        }
    }

    /// <inheritdoc cref="AssertAbsentFrom(IEnumerable{string?})"/>
    public void AssertAbsentFrom(params string?[] texts) => AssertAbsentFrom(texts.AsEnumerable());

    /// <summary>Whether a text contains the secret or a telling part of it.</summary>
    /// <param name="text">The text.</param>
    public bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var traces = _traces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i + TellingLength <= text.Length; i++)
        {
            if (traces.Contains(text.AsSpan(i, TellingLength)))
                return true;
        }

        return false;
    }

    /// <summary>What it watches over, not the secret.</summary>
    public override string ToString() => $"Canary for the {_label}";

    private static IEnumerable<string> Forms(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        yield return value;
        yield return Uri.EscapeDataString(value);
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);

        // As part of a longer text that is encoded as a whole, a secret comes out in one of three ways.
        for (var offset = 0; offset < 3; offset++)
        {
            var aligned = bytes.AsSpan(offset);
            var base64 = Convert.ToBase64String(aligned[..(aligned.Length / 3 * 3)]);
            yield return base64;
            yield return base64.Replace('+', '-').Replace('/', '_');
        }
    }
}
