using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Admin;

/// <summary>What is to go wrong: rules and queued faults, of one host or of all.</summary>
internal static class FaultResource
{
    private static readonly AdminField HostInQuery = new(
        "host", "string", "The host's name; the plan for all hosts and the authority if left out.");
    private static readonly AdminField Host = new("host", "string", "The host's name; all hosts and the authority if left out.");

    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new("GET", "/faults", "listFaults", "Lists the rules and the queued faults of every plan.", List),
        new("GET", "/faults/kinds", "listFaultKinds", "Lists the kinds of faults that there are, with their parameters.", Kinds),
        new("GET", "/faults/presets", "listFaultPresets", "Lists the presets: mishaps of real platforms, each with a name.", Presets),
        new(
            "POST",
            "/faults/presets/{name}",
            "applyFaultPreset",
            "Adds the rules of a preset, which are removed by its name.",
            Apply) { Body = [Host] },
        new("POST", "/faults/rules", "addFaultRule", "Adds a rule behind the others.", Add)
        {
            Body = [Host, new("rule", "object", "The rule: name, fault, and where need be match, when and nextState.", IsRequired: true)],
        },
        new(
            "DELETE",
            "/faults/rules/{name}",
            "removeFaultRule",
            "Removes a rule, or all rules of a preset.",
            Remove) { Query = [HostInQuery] },
        new("POST", "/faults/queue", "enqueueFault", "Lets a fault happen to the next requests, before any rule.", Enqueue)
        {
            Body =
            [
                Host,
                new("fault", "object", "The fault: its kind, and the kind's parameters.", IsRequired: true),
                new("times", "integer", "To how many requests; 1 if left out."),
                new("match", "object", "Which requests; any if left out."),
            ],
        },
        new(
            "POST",
            "/faults/replay",
            "replayAnswers",
            "Lets the next requests get the answers of a recording, in their order; successes are the host's own.",
            Replay)
        {
            Body =
            [
                new("host", "string", "The host to replay it on; each recorded host's own name if left out."),
                new("from", "string", "The recorded host; if left out the one of the same name, or the only one."),
                new("recording", "string", "What the journal's export writes: JSON lines, or an HTTP archive.", IsRequired: true),
            ],
        },
        new("POST", "/faults/state", "setFaultState", "Sets the state of the scenario that a plan's rules make up.", SetState)
        {
            Body =
            [
                Host,
                new("state", "string", "The state; the one that every plan begins in if left out."),
                new("for", "string", "How long it lasts by the emulator's clock, such as 30s; until it is changed if left out."),
                new("then", "string", "The state behind it; the one that every plan begins in if left out. Needs for."),
            ],
        },
        new(
            "DELETE",
            "/faults",
            "clearFaults",
            "Removes rules and queued faults: of one host, or of all plans.",
            Clear) { Query = [HostInQuery] },
    ];

    private static EndpointAnswer List(AdminCall call) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("plans");
        Write(json, null, call.Emulator.Faults);
        foreach (var host in call.Emulator.Hosts)
            Write(json, host.Name, host.Faults);
        json.WriteEndArray();
    });

    private static EndpointAnswer Kinds(AdminCall call) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("kinds");
        foreach (var kind in FaultKinds.All)
        {
            json.WriteStartObject();
            json.WriteString("name", kind.Name);
            json.WriteString("summary", kind.Summary);
            AdminJson.WriteList(
                json, "parameters", kind.Parameters.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static EndpointAnswer Presets(AdminCall call) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("presets");
        foreach (var preset in FaultPresets.All)
        {
            json.WriteStartObject();
            json.WriteString("name", preset.Name);
            json.WriteString("summary", preset.Summary);
            json.WriteString("duration", preset.Duration);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static EndpointAnswer Apply(AdminCall call)
    {
        var body = call.Body();
        var (host, plan) = PlanIn(call, body);
        body.RejectOthers();
        var name = call.Path["name"];
        if (FaultPresets.Find(name) is null)
            throw AdminException.NotFound($"There is no preset '{name}'. Presets: {string.Join(", ", FaultPresets.All)}.");
        plan.Apply(name);
        return Answer(host, plan, 201);
    }

    private static EndpointAnswer Add(AdminCall call)
    {
        var body = call.Body();
        var (host, plan) = PlanIn(call, body);
        var rule = FaultRule.FromJson(body.Require("rule"), body.PathOf("rule"));
        body.RejectOthers();
        plan.Add(rule);
        return Answer(host, plan, 201);
    }

    private static EndpointAnswer Remove(AdminCall call)
    {
        var host = call.HostInQuery();
        var plan = host?.Faults ?? call.Emulator.Faults;
        var name = call.Path["name"];
        return plan.Remove(name) ? Answer(host?.Name, plan, 200) : throw AdminException.NotFound(
            $"There is no rule '{name}' {(host is null ? "for all hosts" : $"for {host.Name}")}. Rules: "
            + $"{string.Join(", ", plan.Rules.Select(rule => rule.Name).DefaultIfEmpty("none"))}.");
    }

    private static EndpointAnswer Enqueue(AdminCall call)
    {
        var body = call.Body();
        var (host, plan) = PlanIn(call, body);
        var fault = FaultJson.Read(body.Require("fault"), body.PathOf("fault"));
        var times = body.OptionalInt("times", 1, 10_000) ?? 1;
        var match = body.Find("match") is { } member ? FaultRuleJson.ReadMatch(member, body.PathOf("match")) : null;
        body.RejectOthers();
        plan.Enqueue(fault, times, match);
        return Answer(host, plan, 201);
    }

    private static EndpointAnswer Replay(AdminCall call)
    {
        var body = call.Body();
        var host = body.OptionalText("host");
        var from = body.OptionalText("from");
        var recording = FaultRecording.Parse(body.Text("recording"), body.PathOf("recording"));
        body.RejectOthers();
        if (from is not null)
            recording = recording.From(from);
        if (host is null)
        {
            call.Emulator.Replay(recording);
            return List(call);
        }

        if (from is null && recording.Hosts.Count > 1)
            recording = recording.From(host);
        var (name, plan) = host == FaultMatch.Authority ? (null, call.Emulator.Faults) : (call.Host(host).Name, call.Host(host).Faults);
        plan.Enqueue(recording, name is null ? FaultMatch.Authority : null);
        return Answer(name, plan, 200);
    }

    private static EndpointAnswer SetState(AdminCall call)
    {
        var body = call.Body();
        var (host, plan) = PlanIn(call, body);
        var state = body.OptionalText("state");
        var lasting = body.OptionalTime("for");
        var next = body.OptionalText("then");
        body.RejectOthers();
        if (lasting <= TimeSpan.Zero)
            throw AdminException.Invalid($"body.for is {Duration.Text(lasting.Value)}. Give a time above nothing.");
        if (lasting is null && next is not null)
            throw AdminException.Invalid("body.then needs body.for: after how long.");
        if (lasting is { } time)
            plan.SetState(state, time, next);
        else
            plan.State = state;
        return Answer(host, plan, 200);
    }

    private static EndpointAnswer Clear(AdminCall call)
    {
        if (call.HostInQuery() is { } host)
        {
            host.Faults.Clear();
            return Answer(host.Name, host.Faults, 200);
        }

        call.Emulator.Faults.Clear();
        foreach (var each in call.Emulator.Hosts)
            each.Faults.Clear();
        return List(call);
    }

    private static (string? Host, FaultPlan Plan) PlanIn(AdminCall call, FaultReader body)
    {
        var host = body.OptionalText("host") is { } name ? call.Host(name) : null;
        return (host?.Name, host?.Faults ?? call.Emulator.Faults);
    }

    private static EndpointAnswer Answer(string? host, FaultPlan plan, int status) => EndpointAnswer.Json(status, json =>
    {
        json.WritePropertyName("plan");
        Write(json, host, plan);
    });

    private static void Write(Utf8JsonWriter json, string? host, FaultPlan plan)
    {
        json.WriteStartObject();
        AdminJson.WriteNullable(json, "host", host);
        AdminJson.WriteNullable(json, "state", plan.State);
        if (plan.NextState is { } next)
        {
            AdminJson.WriteNullable(json, "nextState", next.Name);
            json.WriteString("nextStateAt", next.At);
        }

        json.WriteStartArray("rules");
        foreach (var rule in plan.Rules)
            rule.ToJson(json);
        json.WriteEndArray();
        json.WriteStartArray("queue");
        foreach (var fault in plan.Queue)
            FaultJson.Write(fault, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
