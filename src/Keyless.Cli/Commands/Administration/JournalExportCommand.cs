using System.CommandLine;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands.Administration;

/// <summary>The whole journal in a form that other programs read.</summary>
internal sealed class JournalExportCommand : AdminCommand
{
    private readonly Option<Form?> _format = ChoiceOption.One(
        "--format", "FORMAT", [], "har (an HTTP archive, which browsers open) or jsonl (one JSON object a line). The default is har.", ("har", Form.Har), ("jsonl", Form.JsonLines));
    private readonly Option<string?> _host = new("--host") { HelpName = "NAME", Description = "Of this host only." };

    public JournalExportCommand(ToolContext context, GlobalOptions globals)
        : base("export", "Print the journal as an HTTP archive or as JSON lines.", context, globals)
    {
        Add(_format);
        Add(_host);
    }

    /// <summary>The forms that there are.</summary>
    private enum Form
    {
        Har,
        JsonLines,
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless journal export > requests.har", "for a browser's network view"),
        new("keyless journal export --format jsonl | jq .status", "for programs"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var format = call.Get(_format) == Form.JsonLines ? "jsonl" : "har";
        var host = call.Get(_host) is { } name ? $"&host={Uri.EscapeDataString(name)}" : "";
        await call.Context.Output.WriteAsync((await client.GetTextAsync(
            $"journal/export?format={format}{host}", cancellationToken)).TrimEnd('\n'));
        await call.Context.Output.WriteLineAsync();
        return ExitCodes.Ok;
    }
}
