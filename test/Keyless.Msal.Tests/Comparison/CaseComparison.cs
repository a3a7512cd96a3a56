namespace Keyless.Msal.Tests.Comparison;

/// <summary>All groups of cases, run once against both libraries.</summary>
public sealed class CaseComparison : IAsyncLifetime
{
    internal static readonly string[] Groups =
    [
        // What waits longest begins first.
        "retries-imds", "retries-others", "retries-app-service", "emulator", "flow", "errors", "statuses", "sources", "answers", "checks",
    ];

    private readonly Dictionary<string, IReadOnlyList<Difference>> _differences = new(StringComparer.Ordinal);

    public int Cases { get; private set; }

    internal IEnumerable<Difference> All => _differences.Values.SelectMany(found => found);

    internal IReadOnlyList<Difference> Of(string group) => _differences[group];

    public async ValueTask InitializeAsync()
    {
        var runs = Groups.Select(async group => (Group: group, Both: await Task.WhenAll(
            CaseRun.OfAsync("Keyless.Msal.Cases.MsalNet", group, CancellationToken.None),
            CaseRun.OfAsync("Keyless.Msal.Cases.Keyless", group, CancellationToken.None)))).ToList();
        foreach (var (group, both) in await Task.WhenAll(runs))
        {
            Assert.Equal(both[0].Keys.Order(StringComparer.Ordinal), both[1].Keys.Order(StringComparer.Ordinal));
            Cases += both[0].Count;
            _differences[group] = [.. both[0].SelectMany(pair => Compare(pair.Key, pair.Value, both[1][pair.Key]))];
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<Difference> Compare(string name, IReadOnlyDictionary<string, string> msal, IReadOnlyDictionary<string, string> ours)
    {
        foreach (var fact in msal.Keys.Union(ours.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (theirs, own) = (msal.GetValueOrDefault(fact, "(none)"), ours.GetValueOrDefault(fact, "(none)"));
            var (call, what) = fact.Split('.', 2) is [var number, var rest] && number.All(char.IsAsciiDigit) ? (number + ".", rest) : ("", fact);

            // Of a call that only one of them answered there is nothing else to compare.
            if (call.Length > 0 && what != "outcome" && Answered(msal, call) != Answered(ours, call))
                continue;
            if (theirs != own)
                yield return new Difference(name, what, theirs, own);
        }
    }

    private static bool Answered(IReadOnlyDictionary<string, string> facts, string call) => facts.GetValueOrDefault(call + "outcome") is "a token" or "fine";
}
