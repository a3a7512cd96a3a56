using System.Globalization;
using System.Text.Json;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;

namespace Keyless.Emulator.Admin;

/// <summary>What must hold of a journal's requests, as JSON: the members are those of <see cref="JournalVerification"/>.</summary>
internal static class JournalExpectations
{
    private const double UsualTolerance = 0.2;

    /// <summary>The members of the body, beside those of the filter.</summary>
    public static IReadOnlyList<AdminField> Fields { get; } =
    [
        new("exactly", "integer", "How many requests there are."),
        new("atLeast", "integer", "The fewest requests that there are."),
        new("atMost", "integer", "The most requests that there are."),
        new("between", "array", "The fewest and the most requests that there are, such as [2, 4]."),
        new("never", "boolean", "True: there are none."),
        new("spacedAtLeast", "string", "The shortest time between a request and the next one, such as 2s."),
        new(
            "spacedAbout",
            "object",
            $"The times between the requests, and by what part they may be off: gaps, such as [\"1s\", \"2s\"], and tolerance, {UsualTolerance.ToString(CultureInfo.InvariantCulture)} if left out."),
        new("concurrencyAtMost", "integer", "How many of the requests were being answered at once, at most."),
        new("inOrder", "array", "Filters: among the requests there is one for each, in their order."),
        new("nothingAfter", "string", "A time in ISO 8601, or a filter as an object: no request came after it."),
    ];

    /// <summary>Reads all that is expected.</summary>
    /// <exception cref="EmulatorException">Nothing is, or what can never hold together.</exception>
    public static IReadOnlyList<Action<JournalVerification>> Read(FaultReader body)
    {
        var exactly = body.OptionalInt("exactly", 0, int.MaxValue);
        var fewest = body.OptionalInt("atLeast", 0, int.MaxValue);
        var most = body.OptionalInt("atMost", 0, int.MaxValue);
        var between = Between(body);
        var never = body.OptionalFlag("never");
        RequireSense(body, exactly, fewest, most, between, never);

        var expected = new List<Action<JournalVerification>>();
        if (exactly is { } count)
            expected.Add(requests => requests.Exactly(count));
        if (fewest is { } least)
            expected.Add(requests => requests.AtLeast(least));
        if (most is { } greatest)
            expected.Add(requests => requests.AtMost(greatest));
        if (between is var (from, to))
            expected.Add(requests => requests.Between(from, to));
        if (never == true)
            expected.Add(requests => requests.Never());
        if (body.OptionalTime("spacedAtLeast") is { } gap)
            expected.Add(requests => requests.SpacedAtLeast(gap));
        if (SpacedAbout(body, exactly) is { } spaced)
            expected.Add(spaced);
        if (body.OptionalInt("concurrencyAtMost", 0, int.MaxValue) is { } peak)
            expected.Add(requests => requests.PeakConcurrencyAtMost(peak));
        if (InOrder(body) is { } order)
            expected.Add(requests => requests.InOrder(order));
        if (NothingAfter(body) is { } end)
            expected.Add(end);

        return expected.Count > 0 ? expected : throw new EmulatorException(
            $"The body says nothing of what is expected. Give at least one of {string.Join(", ", Fields.Select(field => field.Name))}.");
    }

    /// <summary>The filter that the members of an object make.</summary>
    public static JournalFilter FilterIn(FaultReader json) => new()
    {
        Host = json.OptionalText("host"),
        Leg = json.OptionalOneOf<Leg>("leg"),
        Source = json.OptionalOneOf<SourceKind>("source"),
        Method = json.OptionalText("method"),
        Path = json.OptionalText("path"),
        Status = json.OptionalInt("status", 0, 999),
        Identity = json.OptionalText("identity"),
        Resource = json.OptionalText("resource"),
        Fault = json.OptionalText("fault"),
    };

    private static void RequireSense(
        FaultReader body, int? exactly, int? fewest, int? most, (int From, int To)? between, bool? never)
    {
        (string Name, bool IsGiven)[] counts =
        [
            ("never", never == true),
            ("exactly", exactly is not null),
            ("between", between is not null),
            ("atLeast or atMost", fewest is not null || most is not null),
        ];
        if (counts.Where(count => count.IsGiven).Select(count => count.Name).ToArray() is [var first, var second, ..])
            throw new EmulatorException($"{first} and {second} both say how many requests there are. Give one of them.");
        if (never == false)
            throw new EmulatorException($"{body.PathOf("never")} is false. Give true, or leave it out.");
        if (fewest > most)
            throw new EmulatorException(string.Create(CultureInfo.InvariantCulture, $"atLeast is {fewest} and atMost {most}, which can never hold."));
    }

    private static (int From, int To)? Between(FaultReader body)
    {
        if (body.Find("between") is not { } member)
            return null;
        int[] ends = member.ValueKind == JsonValueKind.Array
            ? [.. member.EnumerateArray().Select(end => end.ValueKind == JsonValueKind.Number && end.TryGetInt32(out var number) ? number : -1)]
            : [];
        return ends is [>= 0 and var from, var to] && from <= to
            ? (from, to)
            : throw body.Wrong("between", member, "the fewest and the most requests, such as [2, 4]");
    }

    private static Action<JournalVerification>? SpacedAbout(FaultReader body, int? exactly)
    {
        if (body.Find("spacedAbout") is not { } member)
            return null;

        var json = new FaultReader(member, body.PathOf("spacedAbout"));
        var list = json.Require("gaps");
        TimeSpan?[] gaps = list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(gap => gap.ValueKind == JsonValueKind.String ? Duration.Parse(gap.GetString()!) : null)]
            : [];
        if (gaps.Length == 0 || !Array.TrueForAll(gaps, gap => gap >= TimeSpan.Zero))
            throw json.Wrong("gaps", list, "a list of times, such as [\"1s\", \"2s\", \"4s\"]");
        var tolerance = json.OptionalNumber("tolerance", 0, 100) ?? UsualTolerance;
        json.RejectOthers();
        if (exactly is { } count && count != gaps.Length + 1)
        {
            throw new EmulatorException(string.Create(
                CultureInfo.InvariantCulture,
                $"exactly is {count}, but {gaps.Length} gaps lie between {gaps.Length + 1} requests, so that this can never hold."));
        }

        return requests => requests.SpacedAbout(tolerance, [.. gaps.Select(gap => gap!.Value)]);
    }

    private static JournalFilter[]? InOrder(FaultReader body)
    {
        if (body.Find("inOrder") is not { } member)
            return null;
        return member.ValueKind == JsonValueKind.Array && member.GetArrayLength() > 0
            ? [.. member.EnumerateArray().Select((filter, index) =>
                OnlyFilter(filter, string.Create(CultureInfo.InvariantCulture, $"{body.PathOf("inOrder")}[{index}]")))]
            : throw body.Wrong("inOrder", member, "a list of filters, such as [{\"status\": 429}, {\"status\": 200}]");
    }

    private static Action<JournalVerification>? NothingAfter(FaultReader body)
    {
        if (body.Find("nothingAfter") is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Object)
        {
            var last = OnlyFilter(member, body.PathOf("nothingAfter"));
            return requests => requests.NothingAfter(last);
        }

        var time = RecordedLines.TimeIn(body, "nothingAfter")!.Value;
        return requests => requests.NothingAfter(time);
    }

    private static JournalFilter OnlyFilter(JsonElement json, string path)
    {
        var members = new FaultReader(json, path);
        var filter = FilterIn(members);
        members.RejectOthers();
        return filter != new JournalFilter() ? filter : throw new EmulatorException(
            $"{path} picks anything. Give at least one member of a request, such as status.");
    }
}
