using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>Says by its exit code whether the requests were those that were expected.</summary>
internal sealed class JournalVerifyCommand : AdminCommand
{
    private readonly JournalFilterOptions _filter = new(withLimit: false);
    private readonly Option<int?> _exactly = Number("--exactly", "There are so many requests.");
    private readonly Option<int?> _atLeast = Number("--at-least", "There are so many requests or more.");
    private readonly Option<int?> _atMost = Number("--at-most", "There are so many requests or fewer.");
    private readonly Option<string?> _between = Text("--between", "N-N", "There are from so many to so many requests, such as 2-4.");
    private readonly Option<bool> _never = new("--never") { Description = "There is no such request." };
    private readonly Option<TimeSpan?> _spacedAtLeast = DurationOption.Make(
        "--spaced-at-least", "The shortest time between a request and the next one, by the emulator's clock, such as 2s.", TimeSpan.Zero, TimeSpan.FromDays(1));
    private readonly Option<string?> _spacedAbout = Text("--spaced-about", "TIME,TIME", "The times between the requests, such as 1s,2s,4s.");
    private readonly Option<string?> _tolerance = Text(
        "--tolerance", "PART", "By what part those times may be off, such as 0.2 or 20%; the default is 0.2.");
    private readonly Option<int?> _concurrencyAtMost = Number("--concurrency-at-most", "So many of the requests were being answered at once, at most.");
    private readonly Option<string[]> _inOrder = new("--in-order")
    {
        HelpName = "NAME=VALUE,...",
        Description = "One of the requests is such a one; given several times, they came in this order. The names are those of the filter.",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<string?> _nothingAfter = Text(
        "--nothing-after", "TIME|NAME=VALUE,...", "No request came after this time, or after the first such request.");

    public JournalVerifyCommand(ToolContext context, GlobalOptions globals)
        : base("verify", "Say by the exit code whether the requests were those that were expected: 0 if so, else 7.", context, globals)
    {
        foreach (var option in _filter.All)
            Add((Option)option);
        Option[] expectations =
        [
            _exactly, _atLeast, _atMost, _between, _never, _spacedAtLeast, _spacedAbout, _tolerance, _concurrencyAtMost, _inOrder, _nothingAfter,
        ];
        foreach (var option in expectations)
            Add(option);
        Validators.Add(result =>
        {
            if (expectations.All(option => option == _tolerance || result.GetResult(option) is null or { Implicit: true }))
                result.AddError($"Say what is expected, by one of {string.Join(", ", expectations.Select(option => option.Name))}.");
            if (result.GetResult(_tolerance) is not null && result.GetResult(_spacedAbout) is null)
                result.AddError("--tolerance needs --spaced-about.");
        });
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless journal verify --leg token --host vm --exactly 3 --spaced-at-least 2s", "three attempts, each two seconds after the last"),
        new("keyless journal verify --leg token --spaced-about 1s,2s,4s --tolerance 20%", "waits that double"),
        new("keyless journal verify --host web --never", "the other host was left alone"),
        new("keyless journal verify --leg token --nothing-after status=200", "who has a token stops asking"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var answer = await client.PostAsync("journal/verify", json => Write(json, call), cancellationToken);
        var holds = answer.GetProperty("holds").GetBoolean();
        if (call.Json)
            call.WriteJson(answer, ToolJson.Indented.JsonElement);
        else if (holds)
            call.Output.Line($"It holds of {Several(answer.GetProperty("found").GetInt32())}.", Ink.Good);
        else
            WriteFailure(call, answer.GetProperty("message").GetString()!);
        return holds ? ExitCodes.Ok : ExitCodes.NotAsExpected;
    }

    private static string Several(int count) => count == 1 ? "1 request" : $"{count.ToString(CultureInfo.InvariantCulture)} requests";

    // It is a table: nothing may break its lines.
    private static void WriteFailure(Invocation call, string message)
    {
        var lines = message.ReplaceLineEndings("\n").Split('\n');
        call.Error.Line(Printable.Of(lines[0]), Ink.Bad);
        foreach (var line in lines[1..])
            call.Error.Line(Printable.Of(line));
    }

    private static Option<int?> Number(string name, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            result.AddError($"{name} is '{text}'. Give a whole number from 0.");
            return null;
        },
    };

    private static Option<string?> Text(string name, string placeholder, string description) =>
        new(name) { HelpName = placeholder, Description = description };

    private static double ReadTolerance(string text)
    {
        var isPercent = text.EndsWith('%');
        return double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? isPercent ? number / 100 : number
            : throw ToolException.Usage($"--tolerance is '{text}'. Give a part such as 0.2 or 20%.");
    }

    private static int[] ReadBetween(string text)
    {
        var ends = text.Split('-');
        return ends is [var from, var to]
            && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var fewest)
            && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
                ? [fewest, most]
                : throw ToolException.Usage($"--between is '{text}'. Give the fewest and the most, such as 2-4.");
    }

    private void Write(Utf8JsonWriter json, Invocation call)
    {
        _filter.Write(json, call);
        WriteNumber(json, "exactly", call.Get(_exactly));
        WriteNumber(json, "atLeast", call.Get(_atLeast));
        WriteNumber(json, "atMost", call.Get(_atMost));
        if (call.Get(_between) is { } between)
        {
            json.WriteStartArray("between");
            foreach (var end in ReadBetween(between))
                json.WriteNumberValue(end);
            json.WriteEndArray();
        }

        if (call.Get(_never))
            json.WriteBoolean("never", true);
        if (call.Get(_spacedAtLeast) is { } gap)
            json.WriteString("spacedAtLeast", string.Create(CultureInfo.InvariantCulture, $"{(decimal)gap.TotalMilliseconds}ms"));
        WriteSpacing(json, call);
        WriteNumber(json, "concurrencyAtMost", call.Get(_concurrencyAtMost));
        WriteOrder(json, call);
    }

    private void WriteSpacing(Utf8JsonWriter json, Invocation call)
    {
        if (call.Get(_spacedAbout) is not { } gaps)
            return;

        json.WriteStartObject("spacedAbout");
        json.WriteStartArray("gaps");
        foreach (var gap in gaps.Split(',', StringSplitOptions.TrimEntries))
            json.WriteStringValue(gap);
        json.WriteEndArray();
        if (call.Get(_tolerance) is { } tolerance)
            json.WriteNumber("tolerance", ReadTolerance(tolerance));
        json.WriteEndObject();
    }

    private void WriteOrder(Utf8JsonWriter json, Invocation call)
    {
        if (call.Get(_inOrder) is { Length: > 0 } filters)
        {
            json.WriteStartArray("inOrder");
            foreach (var filter in filters)
                WriteFilter(json, filter);
            json.WriteEndArray();
        }

        if (call.Get(_nothingAfter) is not { } end)
            return;

        json.WritePropertyName("nothingAfter");
        if (end.Contains('=', StringComparison.Ordinal))
            WriteFilter(json, end);
        else
            json.WriteStringValue(end);
    }

    private static void WriteFilter(Utf8JsonWriter json, string members)
    {
        json.WriteStartObject();
        FaultMembers.Write(json, members.Split(',', StringSplitOptions.TrimEntries));
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } given)
            json.WriteNumber(name, given);
    }
}
