using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands.Administration;

/// <summary>A running emulator's clock.</summary>
internal sealed class ClockCommand : CommandGroup
{
    private readonly ToolContext _context;
    private readonly GlobalOptions _globals;

    public ClockCommand(ToolContext context, GlobalOptions globals)
        : base("clock", "Show or move the clock of a running emulator.", context, globals)
    {
        (_context, _globals) = (context, globals);
        var by = new Argument<string>("time") { Description = "How far: a number and a unit, such as 90s, 5m, 25h or 1d." };
        var to = new Argument<string>("time") { Description = "The new time, in ISO 8601 with its offset, such as 2026-03-15T09:00:00Z." };
        var factor = new Argument<double>("factor") { Description = "How many seconds are to pass in one." };
        var skew = new Argument<string>("time") { Description = "By how much what others are told is to differ, such as 10m; after '--' also -10m. 0s: not at all." };

        Add(Verb("show", "Show what time it is for the emulator.", (client, _, ct) => client.GetAsync("clock", ct), "keyless clock show"));
        Add(Verb(
            "advance",
            "Move the clock forward; what comes due on the way happens.",
            Post("advance", "by", by),
            "keyless clock advance 25h",
            by));
        Add(Verb("freeze", "Stop the clock.", (client, _, ct) => client.PostAsync("clock/freeze", null, ct), "keyless clock freeze"));
        Add(Verb(
            "resume",
            "Let the clock run again, from where it stands.",
            (client, _, ct) => client.PostAsync("clock/resume", null, ct),
            "keyless clock resume"));
        Add(Verb("set", "Set the clock.", Post("set", "time", to), "keyless clock set 2030-01-01T00:00:00Z", to));
        Add(Verb("speed", "Let the clock run faster or slower.", Speed(factor), "keyless clock speed 60", factor));
        Add(Verb(
            "skew",
            "Let the times that others are told differ from the clock, which stays as it is.",
            Post("skew", "by", skew),
            "keyless clock skew 10m",
            skew));
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless clock show", "what time it is for the emulator"),
        new("keyless clock advance 25h", "a day has passed for the platform: hosts hand out new tokens"),
        new("keyless clock skew -- -10m", "the host's clock is behind that of its clients"),
    ];

    private static Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> Post(
        string what, string member, Argument<string> argument) =>
        (client, call, ct) => client.PostAsync($"clock/{what}", json => json.WriteString(member, call.Get(argument)), ct);

    private static Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> Speed(Argument<double> factor) =>
        (client, call, ct) =>
        double.IsFinite(call.Get(factor))
            ? client.PostAsync("clock/speed", json => json.WriteNumber("factor", call.Get(factor)), ct)
            : throw ToolException.Usage(string.Create(
                CultureInfo.InvariantCulture, $"{call.Get(factor)} is no speed. Give a number above 0."));

    private AdminVerb Verb(
        string name,
        string description,
        Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> ask,
        string example,
        params Symbol[] parameters) =>
        new(name, description, ask, AdminView.Clock, _context, _globals, [new(example, "then shows the clock")], parameters);
}
