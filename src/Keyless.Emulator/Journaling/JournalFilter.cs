using System.Globalization;

namespace Keyless.Emulator.Journaling;

/// <summary>Picks requests by their members; what is left out may be anything.</summary>
public sealed record JournalFilter
{
    /// <summary>The host's name; <c>authority</c> for the token issuer.</summary>
    /// <value>Default: null, any.</value>
    public string? Host { get; init; }

    /// <summary>The host's platform.</summary>
    /// <value>Default: null, any.</value>
    public SourceKind? Source { get; init; }

    /// <summary>Which step of a client's work it is.</summary>
    /// <value>Default: null, any.</value>
    public Leg? Leg { get; init; }

    /// <summary>The HTTP method, whatever its case.</summary>
    /// <value>Default: null, any.</value>
    public string? Method { get; init; }

    /// <summary>The path, whatever its case.</summary>
    /// <value>Default: null, any.</value>
    public string? Path { get; init; }

    /// <summary>The answer's HTTP status.</summary>
    /// <value>Default: null, any, or none.</value>
    public int? Status { get; init; }

    /// <summary>The identity's name.</summary>
    /// <value>Default: null, any, or none.</value>
    public string? Identity { get; init; }

    /// <summary>The resource that is asked for.</summary>
    /// <value>Default: null, any, or none.</value>
    public string? Resource { get; init; }

    /// <summary>The fault that fired.</summary>
    /// <value>Default: null, any, or none.</value>
    public string? Fault { get; init; }

    /// <summary>Whether it picks a request.</summary>
    /// <param name="entry">The request.</param>
    public bool Matches(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return !Differences(entry).Any();
    }

    /// <summary>Names the members that are set, with their values.</summary>
    public override string ToString()
    {
        var conditions = Conditions(null).Where(condition => condition.Wanted is not null)
            .Select(condition => $"{condition.Member} is {condition.Wanted}").ToArray();
        return conditions.Length == 0 ? "anything" : string.Join(" and ", conditions);
    }

    /// <summary>What keeps a request from being picked.</summary>
    internal IEnumerable<string> Differences(JournalEntry entry) => Conditions(entry)
        .Where(condition => condition.Wanted is not null && !string.Equals(condition.Wanted, condition.Found, condition.Comparison))
        .Select(condition => $"{condition.Member} is {condition.Found ?? "none"}, not {condition.Wanted}");

    private IEnumerable<Condition> Conditions(JournalEntry? entry) =>
    [
        new("host", Host, entry?.Host),
        new("source", Source?.ToString(), entry?.Source?.ToString()),
        new("leg", Leg?.ToString(), entry?.Leg.ToString()),
        new("method", Method, entry?.Method, StringComparison.OrdinalIgnoreCase),
        new("path", Path, entry?.Path, StringComparison.OrdinalIgnoreCase),
        new("status", Text(Status), Text(entry?.Status)),
        new("identity", Identity, entry?.Identity?.Name),
        new("resource", Resource, entry?.Resource),
        new("fault", Fault, entry?.Fault),
    ];

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private sealed record Condition(
        string Member, string? Wanted, string? Found, StringComparison Comparison = StringComparison.Ordinal);
}
