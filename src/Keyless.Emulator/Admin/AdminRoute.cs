using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Admin;

/// <summary>One thing that can be asked of the admin API: how, and what it takes. The API's own description is made from these.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path; a segment in braces stands for any value.</param>
/// <param name="Id">A name for programs that are made from the description.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="AnswerAsync">Does it.</param>
internal sealed record AdminRoute(
    string Method,
    string Path,
    string Id,
    string Summary,
    Func<AdminCall, CancellationToken, ValueTask<EndpointAnswer>> AnswerAsync)
{
    /// <summary>A route that answers at once.</summary>
    public AdminRoute(string method, string path, string id, string summary, Func<AdminCall, EndpointAnswer> answer)
        : this(method, path, id, summary, (call, _) => new(answer(call)))
    {
    }

    /// <summary>The parameters in the query.</summary>
    public IReadOnlyList<AdminField> Query { get; init; } = [];

    /// <summary>The members of the request's body; empty where it takes none.</summary>
    public IReadOnlyList<AdminField> Body { get; init; } = [];

    /// <summary>What the answer's body is.</summary>
    public string Produces { get; init; } = "application/json";

    /// <summary>Whether it takes no key: it tells nothing but that it is there.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The segments of the path in braces.</summary>
    public IEnumerable<string> PathFields =>
        Path.Split('/').Where(static segment => segment.StartsWith('{')).Select(static segment => segment.Trim('{', '}'));

    /// <summary>The values of the segments in braces. Null: the path is another one.</summary>
    public IReadOnlyDictionary<string, string>? Match(string path)
    {
        var wanted = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var given = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length != given.Length)
            return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (segment, value) in wanted.Zip(given))
        {
            if (segment.StartsWith('{'))
                values[segment.Trim('{', '}')] = value;
            else if (segment != value)
                return null;
        }

        return values;
    }
}

/// <summary>A parameter, or a member of a body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as JSON Schema has it: string, integer, number, boolean, array or object.</param>
/// <param name="Description">What it says.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record AdminField(string Name, string Type, string Description, bool IsRequired = false);
