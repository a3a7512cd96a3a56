using System.Collections;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Keyless.Emulator.Endpoints;

/// <summary>The parameters of a query or form. Names ignore case; an empty value counts as absent.</summary>
internal sealed class Parameters : IEnumerable<KeyValuePair<string, string>>
{
    private readonly Dictionary<string, StringValues> _values;

    private Parameters(Dictionary<string, StringValues> values) => _values = values;

    /// <summary>A parameter's value. Null: absent or empty.</summary>
    public string? this[string name] => All(name).FirstOrDefault();

    /// <summary>Reads <c>a=b&amp;c=d</c>, with or without a leading question mark, raw or percent-encoded.</summary>
    public static Parameters Parse(string text) => new(QueryHelpers.ParseQuery(text));

    /// <summary>Each value that was given for a parameter.</summary>
    public IEnumerable<string> All(string name) =>
        _values.GetValueOrDefault(name).Where(value => !string.IsNullOrEmpty(value)).Select(value => value!);

    /// <summary>Whether a body is likely a form: clients differ in the content types that they send.</summary>
    public static bool LooksLikeForm(string body) => body.Contains('=', StringComparison.Ordinal) && body[0] is not ('{' or '[' or '<');

    /// <summary>Every parameter with each of its values, empty ones included.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (var (name, values) in _values)
        {
            foreach (var value in values)
                yield return KeyValuePair.Create(name, value ?? "");
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
