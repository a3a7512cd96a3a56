using System.Globalization;
using System.Text.Json;
using Keyless.Cli.Output;

namespace Keyless.Cli.Administration;

/// <summary>What the admin API answers, for people.</summary>
internal static class AdminView
{
    public static void Faults(Page page, JsonElement answer)
    {
        var plans = answer.TryGetProperty("plans", out var all) ? [.. all.EnumerateArray()] : new[] { answer.GetProperty("plan") };
        var table = new TextTable(
            new Column("Host"),
            new Column("Rule"),
            new Column("Fault"),
            new Column("Match", MayFold: true),
            new Column("When", MayFold: true));
        var rows = 0;
        foreach (var plan in plans)
        {
            var host = Text(plan, "host") is { Length: > 0 } name ? name : "(all)";
            if (Text(plan, "state").Length > 0 || plan.TryGetProperty("nextState", out _))
                page.Line(StateOf(plan, host));
            foreach (var fault in plan.GetProperty("queue").EnumerateArray())
                Row(host, "(next)", fault, "", "");
            foreach (var rule in plan.GetProperty("rules").EnumerateArray())
                Row(host, Text(rule, "name"), rule.GetProperty("fault"), Members(rule, "match"), Members(rule, "when"));
        }

        if (rows == 0)
            page.Line("Nothing goes wrong.", Ink.Faint);
        else
            table.WriteTo(page);

        void Row(string host, string rule, JsonElement fault, string match, string when)
        {
            rows++;
            table.Add(Printable.Of(host), Printable.Of(rule), Printable.Of(MembersOf(fault)), Printable.Of(match), Printable.Of(when));
        }
    }

    private static string StateOf(JsonElement plan, string host)
    {
        var state = Text(plan, "state") is { Length: > 0 } name ? $"the state {name}" : "its first state";
        var next = plan.TryGetProperty("nextState", out _) ? Text(plan, "nextState") is { Length: > 0 } other ? other : "the first one" : null;
        var line = $"{host} is in {state}{(next is null ? "" : $" until {Time(plan, "nextStateAt")}, then in {next}")}.";
        return Printable.Of(line);
    }

    public static void FaultKinds(Page page, JsonElement answer)
    {
        var list = new FactList();
        foreach (var kind in answer.GetProperty("kinds").EnumerateArray())
        {
            var parameters = string.Join(", ", kind.GetProperty("parameters").EnumerateArray().Select(name => name.GetString()));
            list.Add(Text(kind, "name"), parameters.Length == 0 ? Text(kind, "summary") : $"{Text(kind, "summary")} ({parameters})");
        }

        list.WriteTo(page);
    }

    public static void FaultPresets(Page page, JsonElement answer)
    {
        var list = new FactList();
        foreach (var preset in answer.GetProperty("presets").EnumerateArray())
            list.Add(Text(preset, "name"), $"{Text(preset, "summary")} ({Text(preset, "duration")})");
        list.WriteTo(page);
    }

    public static void Keys(Page page, JsonElement answer)
    {
        var keys = answer.TryGetProperty("keys", out var all) ? [.. all.EnumerateArray()] : new[] { answer.GetProperty("key") };
        var table = new TextTable(new Column("State"), new Column("Id"), new Column("Active since"), new Column("Gone on"));
        foreach (var key in keys)
        {
            var state = Text(key, "state");
            table.Add(
                new Cell(state, state == "active" ? Ink.Good : Ink.Plain), Text(key, "id"), Time(key, "activeSince"), Time(key, "goneOn"));
        }

        table.WriteTo(page);
    }

    public static void Clock(Page page, JsonElement answer) => new FactList
    {
        { "now", Time(answer, "now") },
        { "real time", Time(answer, "realNow") },
        { "apart", Distance(answer) },
        { "runs", Pace(answer) },
        { "tokens", TokenTimes(answer) },
        { "skew", Text(answer, "skew") == "0s" ? null : $"{Text(answer, "skew")} in what others are told" },
    }.WriteTo(page);

    public static void Identities(Page page, JsonElement answer)
    {
        var identities = answer.TryGetProperty("identities", out var all) ? [.. all.EnumerateArray()] : new[] { answer.GetProperty("identity") };
        var table = new TextTable(
            new Column("Name"),
            new Column("Kind"),
            new Column("Client id"),
            new Column("Object id", MayFold: true),
            new Column("Hosts", MayFold: true));
        foreach (var identity in identities)
        {
            var enabled = identity.GetProperty("enabled").GetBoolean();
            var kind = identity.GetProperty("systemAssigned").GetBoolean() ? "system" : "user";
            table.Add(
                Printable.Of(Text(identity, "name")),
                new Cell(enabled ? kind : $"{kind}, disabled", enabled ? Ink.Plain : Ink.Warning),
                Text(identity, "clientId"),
                Text(identity, "objectId"),
                Printable.Of(string.Join(", ", identity.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()))));
        }

        table.WriteTo(page);
    }

    public static void Resources(Page page, JsonElement answer)
    {
        var table = new TextTable(
            new Column("Identifiers", MayFold: true), new Column("Application id"), new Column("Tokens"), new Column("Roles", MayFold: true));
        foreach (var resource in answer.GetProperty("resources").EnumerateArray())
        {
            var roles = resource.GetProperty("roles");
            var known = roles.ValueKind == JsonValueKind.Null ? "(any)" : Names(roles);
            table.Add(
                Printable.Of(Names(resource.GetProperty("identifiers"))),
                Text(resource, "appId"),
                $"v{Text(resource, "tokenVersion")}",
                Printable.Of(resource.GetProperty("assignmentRequired").GetBoolean() ? $"{known}, one required" : known));
        }

        if (answer.GetProperty("resources").GetArrayLength() == 0)
            page.Line("No API is registered.", Ink.Faint);
        else
            table.WriteTo(page);
        page.Line(answer.GetProperty("strict").GetBoolean() ? "Others get no tokens." : "Others get tokens of version 1.", Ink.Faint);
    }

    public static void Configuration(Page page, JsonElement answer)
    {
        var table = new TextTable(new Column("Name"), new Column("Value"), new Column("Origin", MayFold: true));
        foreach (var value in answer.GetProperty("values").EnumerateArray())
        {
            var line = Text(value, "line");
            table.Add(
                Printable.Of(Text(value, "path")),
                Printable.Of(Text(value, "value")),
                Printable.Of(Text(value, "origin") is { Length: > 0 } origin ? $"{origin}{(line.Length > 0 ? $":{line}" : "")}" : Text(value, "layer")));
        }

        if (answer.GetProperty("values").GetArrayLength() == 0)
            page.Line("A program has started it, whose options come from no file.", Ink.Faint);
        else
            table.WriteTo(page);
    }

    public static void Host(Page page, JsonElement answer)
    {
        var host = answer.GetProperty("host");
        var names = string.Join(", ", host.GetProperty("identities").EnumerateArray().Select(name => name.GetString()));
        page.Line($"{Printable.Of(Text(host, "name"))} has {Printable.Of(names.Length == 0 ? "no identity" : names)}.");
    }

    public static void Requests(Page page, JsonElement answer)
    {
        var requests = answer.GetProperty("requests").EnumerateArray().ToArray();
        if (requests.Length == 0)
        {
            page.Line("No requests.", Ink.Faint);
            return;
        }

        var table = new TextTable(
            new Column("No.", AlignRight: true),
            new Column("Time"),
            new Column("Host"),
            new Column("Leg"),
            new Column("Status"),
            new Column("ms", AlignRight: true),
            new Column("Identity"),
            new Column("Resource", MayFold: true),
            new Column("Fault", MayFold: true));
        foreach (var request in requests)
            table.Add([.. Cells(request)]);
        table.WriteTo(page);
    }

    /// <summary>One request on one line, for a list that grows.</summary>
    public static void Request(Page page, JsonElement request)
    {
        var cells = Cells(request).ToArray();
        int[] widths = [5, 12, 10, 9, 6, 6, 10, 0, 0];
        page.Line(string.Join("  ", cells.Zip(widths, (cell, width) => page.Paint(cell.Text.PadRight(width), cell.Ink))).TrimEnd());
    }

    private static IEnumerable<Cell> Cells(JsonElement request)
    {
        var status = Text(request, "status");
        yield return Text(request, "number");
        yield return request.GetProperty("time").GetDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        yield return Printable.Of(Text(request, "host"));
        yield return Text(request, "leg");
        yield return new Cell(status.Length == 0 ? "gone" : status, status.StartsWith('2') ? Ink.Good : Ink.Warning);
        yield return request.GetProperty("durationMs").GetDouble().ToString("0.#", CultureInfo.InvariantCulture);
        yield return Printable.Of(Text(request, "identity"));
        yield return Printable.Of(Text(request, "resource") is { Length: > 0 } resource ? resource : Text(request, "path"));
        yield return new Cell(Printable.Of(Text(request, "fault")), Ink.Warning);
    }

    // Between two looks at clocks a moment passes.
    private static string? Distance(JsonElement clock)
    {
        var moved = clock.GetProperty("now").GetDateTimeOffset() - clock.GetProperty("realNow").GetDateTimeOffset();
        var ahead = TimeSpan.FromSeconds(Math.Round(moved.TotalSeconds));
        return ahead == TimeSpan.Zero
            ? null
            : $"{TimeText.Length(ahead.Duration())}: the emulator's clock is {(ahead > TimeSpan.Zero ? "ahead" : "behind")}";
    }

    private static string? TokenTimes(JsonElement clock) => (Text(clock, "tokenTimes"), Distance(clock)) switch
    {
        ("real", null) => "tell the real time, even after the clock is moved",
        ("real", _) => "tell the real time: other programs go on accepting new ones",
        ("clock", not null) => "tell the emulator's time: programs with the real time may refuse new ones",
        _ => null,
    };

    private static string Names(JsonElement list) => string.Join(", ", list.EnumerateArray().Select(name => name.GetString()));

    private static string Pace(JsonElement clock) => clock.GetProperty("frozen").GetBoolean() ? "no, it is frozen"
        : clock.GetProperty("speed").GetDouble() is var speed and not 1 ? $"{speed.ToString(CultureInfo.InvariantCulture)} times as fast"
        : "as usual";

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member.ToString() : "";

    private static string Time(JsonElement json, string name) =>
        json.GetProperty(name).ValueKind == JsonValueKind.Null ? "" : json.GetProperty(name).GetDateTimeOffset().ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Members(JsonElement json, string name) => json.TryGetProperty(name, out var member) ? MembersOf(member) : "";

    private static string MembersOf(JsonElement json) => string.Join(
        ' ', json.EnumerateObject().Select(member => member.Name == "kind" ? $"{member.Value}" : $"{member.Name}={member.Value}"));
}
