using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>What came to the hosts of a running emulator.</summary>
internal sealed class JournalCommand : CommandGroup
{
    public JournalCommand(ToolContext context, GlobalOptions globals)
        : base("journal", "Show the requests that came to a running emulator. Tokens and secrets stand in it as hashes.", context, globals)
    {
        var filter = new JournalFilterOptions();
        var number = new Argument<long>("number") { Description = "The request's number, as the list shows it." };
        var host = new Option<string?>("--host") { HelpName = "NAME", Description = "Of this host only." };

        Add(new AdminVerb(
            "list",
            "List the requests that have been answered.",
            (client, call, ct) => client.GetAsync($"journal{filter.Query(call)}", ct),
            AdminView.Requests,
            context,
            globals,
            [new("keyless journal list --host vm --status 429", "the requests that were told to wait")],
            filter.All));
        Add(new JournalTailCommand(context, globals));
        Add(new AdminVerb(
            "show",
            "Show one request and its answer, with headers and bodies. As JSON in any case.",
            (client, call, ct) => client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"journal/{call.Get(number)}"), ct),
            (page, answer) => page.Line(JsonSerializer.Serialize(answer, ToolJson.Indented.JsonElement)),
            context,
            globals,
            [new("keyless journal show 3", "the third request")],
            number));
        Add(new JournalVerifyCommand(context, globals));
        Add(new AdminVerb(
            "rule",
            "Print a fault rule that answers requests like this one as this one was answered. As JSON in any case.",
            (client, call, ct) => client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"journal/{call.Get(number)}/rule"), ct),
            (page, answer) => page.Line(JsonSerializer.Serialize(answer, ToolJson.Indented.JsonElement)),
            context,
            globals,
            [new("keyless journal rule 3 > rule.json", "for 'keyless fault add --file rule.json', or for \"faults\" in keyless.json")],
            number));
        Add(new JournalExportCommand(context, globals));
        Add(new AdminVerb(
            "clear",
            "Forget the requests. Their numbers go on.",
            (client, call, ct) => client.DeleteAsync(
                call.Get(host) is { } name ? $"journal?host={Uri.EscapeDataString(name)}" : "journal", ct),
            (page, _) => page.Line("Cleared."),
            context,
            globals,
            [new("keyless journal clear", "begin anew")],
            host));
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless journal tail", "the requests as they come"),
        new("keyless journal list --leg token --json", "for programs"),
        new("keyless journal export --format har", "for a browser's network view"),
    ];
}
