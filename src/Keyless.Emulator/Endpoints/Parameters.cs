using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Keyless.Emulator.Endpoints;

/// <summary>The parameters of a query or form. Names ignore case; an empty value counts as absent.</summary>
internal sealed class Parameters
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
}
