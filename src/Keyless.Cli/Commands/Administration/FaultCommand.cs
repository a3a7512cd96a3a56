using System.CommandLine;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>What is to go wrong at a running emulator.</summary>
internal sealed class FaultCommand : CommandGroup
{
    private readonly ToolContext _context;
    private readonly GlobalOptions _globals;
    private readonly Option<string?> _host = new("--host") { HelpName = "NAME", Description = "The host; the default is all hosts and the authority." };
    private readonly Option<int?> _times = new("--times") { HelpName = "N", Description = "To how many requests it happens; the default is 1." };
    private readonly Option<string[]> _match = FaultMembers.Option(
        "--match", "Which requests, such as leg=token or resource=api://orders; may be given several times.");
    private readonly Option<string[]> _when = FaultMembers.Option(
        "--when", "When it happens to them, such as probability=0.1 or first=3; may be given several times.");
    private readonly Option<string?> _file = new("--file") { HelpName = "PATH", Description = "A JSON file with the rule, in place of everything else; '-' is standard input." };
    private readonly Argument<string> _name = new("name") { Description = "The rule's name." };
    private readonly Argument<string?> _state = new("name") { Description = "The state's name.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _for = new("--for") { HelpName = "TIME", Description = "How long it lasts by the emulator's clock, such as 30s." };
    private readonly Option<string?> _then = new("--then") { HelpName = "NAME", Description = "The state behind it; the default is the one that it begins in." };
    private readonly Argument<string> _preset = new("name") { Description = "The preset's name, as 'keyless fault presets' lists them." };
    private readonly Argument<string> _rule = new("name") { Description = "The new rule's name.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string> _kind = new("kind") { Description = "The fault's kind, as 'keyless fault kinds' lists them." };
    private readonly Argument<string> _ruleKind = new("kind") { Description = "The fault's kind, as 'keyless fault kinds' lists them.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string[]> _parameters = new("parameters") { Description = "The kind's parameters, such as status=429 retryAfter=2s.", Arity = ArgumentArity.ZeroOrMore };

    public FaultCommand(ToolContext context, GlobalOptions globals)
        : base("fault", "Let things go wrong at a running emulator, and let them go right again.", context, globals)
    {
        (_context, _globals) = (context, globals);
        Add(Verb("list", "List the rules and the queued faults.", (client, _, ct) => client.GetAsync("faults", ct), "keyless fault list"));
        Add(Verb(
            "kinds",
            "List the kinds of faults, with their parameters.",
            (client, _, ct) => client.GetAsync("faults/kinds", ct),
            "keyless fault kinds",
            AdminView.FaultKinds));
        Add(Verb(
            "enqueue",
            "Let a fault happen to the next requests, before any rule.",
            EnqueueAsync,
            "keyless fault enqueue status status=429 retryAfter=2s --times 2 --host vm",
            null,
            _kind,
            _parameters,
            _times,
            _match,
            _host));
        Add(Verb(
            "add",
            "Add a rule: it holds until it is removed.",
            AddAsync,
            "keyless fault add busy status status=503 --when probability=0.1",
            null,
            _rule,
            _ruleKind,
            _parameters,
            _match,
            _when,
            _file,
            _host));
        Add(Verb(
            "presets",
            "List the presets: mishaps of real platforms, each with a name.",
            (client, _, ct) => client.GetAsync("faults/presets", ct),
            "keyless fault presets",
            AdminView.FaultPresets));
        Add(Verb("preset", "Add the rules of a preset.", PresetAsync, "keyless fault preset throttled --host vm", null, _preset, _host));
        Add(new FaultReplayCommand(context, globals));
        Add(Verb(
            "state",
            "Set the state of the scenario that the rules make up; without a name, the one that it begins in.",
            StateAsync,
            "keyless fault state down --for 30s --then up --host vm",
            null,
            _state,
            _for,
            _then,
            _host));
        Add(Verb("remove", "Remove a rule, or all rules of a preset.", RemoveAsync, "keyless fault remove busy", null, _name, _host));
        Add(Verb("clear", "Remove rules and queued faults: of a host, or all there are.", ClearAsync, "keyless fault clear", null, _host));
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless fault enqueue status status=429 retryAfter=2s --times 2", "the next two requests are told to wait"),
        new("keyless fault preset throttled --host vm", "a mishap of real platforms, by its name"),
        new("keyless fault add slow latency delay=5s --host vm", "one host takes its time"),
        new("keyless fault clear", "all is well again"),
    ];

    private Task<JsonElement> EnqueueAsync(AdminClient client, Invocation call, CancellationToken cancellationToken) => client.PostAsync(
        "faults/queue",
        json =>
        {
            WriteHost(json, call);
            FaultMembers.WriteFault(json, call.Get(_kind)!, call.Get(_parameters)!);
            if (call.Get(_times) is { } times)
                json.WriteNumber("times", times);
            FaultMembers.WriteObject(json, "match", call.Get(_match)!);
        },
        cancellationToken);

    private Task<JsonElement> AddAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var rule = call.Get(_file) is { } file ? FaultMembers.ReadFile(file, call.Context) : (JsonElement?)null;
        if (rule is null && (call.Get(_rule) is null || call.Get(_ruleKind) is null))
            throw ToolException.Usage("Give the rule's name and the fault's kind, or a file with --file.");

        return client.PostAsync(
            "faults/rules",
            json =>
            {
                WriteHost(json, call);
                json.WritePropertyName("rule");
                if (rule is { } read)
                {
                    read.WriteTo(json);
                    return;
                }

                json.WriteStartObject();
                json.WriteString("name", call.Get(_rule));
                FaultMembers.WriteFault(json, call.Get(_ruleKind)!, call.Get(_parameters)!);
                FaultMembers.WriteObject(json, "match", call.Get(_match)!);
                FaultMembers.WriteObject(json, "when", call.Get(_when)!);
                json.WriteEndObject();
            },
            cancellationToken);
    }

    private Task<JsonElement> PresetAsync(AdminClient client, Invocation call, CancellationToken cancellationToken) =>
        client.PostAsync($"faults/presets/{Uri.EscapeDataString(call.Get(_preset)!)}", json => WriteHost(json, call), cancellationToken);

    private Task<JsonElement> StateAsync(AdminClient client, Invocation call, CancellationToken cancellationToken) => client.PostAsync(
        "faults/state",
        json =>
        {
            WriteHost(json, call);
            if (call.Get(_state) is { } state)
                json.WriteString("state", state);
            if (call.Get(_for) is { } lasting)
                json.WriteString("for", lasting);
            if (call.Get(_then) is { } next)
                json.WriteString("then", next);
        },
        cancellationToken);

    private Task<JsonElement> RemoveAsync(AdminClient client, Invocation call, CancellationToken cancellationToken) =>
        client.DeleteAsync($"faults/rules/{Uri.EscapeDataString(call.Get(_name)!)}{HostQuery(call)}", cancellationToken);

    private Task<JsonElement> ClearAsync(AdminClient client, Invocation call, CancellationToken cancellationToken) =>
        client.DeleteAsync($"faults{HostQuery(call)}", cancellationToken);

    private string HostQuery(Invocation call) => call.Get(_host) is { } host ? $"?host={Uri.EscapeDataString(host)}" : "";

    private void WriteHost(Utf8JsonWriter json, Invocation call)
    {
        if (call.Get(_host) is { } host)
            json.WriteString("host", host);
    }

    private AdminVerb Verb(
        string name,
        string description,
        Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> ask,
        string example,
        Action<Page, JsonElement>? view = null,
        params Symbol[] parameters) =>
        new(
            name,
            description,
            ask,
            view ?? AdminView.Faults,
            _context,
            _globals,
            [new(example, "then shows what has come of it")],
            parameters);
}
