using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>The requests as they are answered, until it is told to stop.</summary>
internal sealed class JournalTailCommand : AdminCommand
{
    private readonly JournalFilterOptions _filter = new();

    public JournalTailCommand(ToolContext context, GlobalOptions globals)
        : base("tail", "Show requests as they are answered, until Ctrl+C. With --json, one object a line.", context, globals)
    {
        foreach (var option in _filter.All)
            Add((Option)option);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless journal tail --leg token", "the requests for tokens"),
        new("keyless journal tail --json | jq .status", "for programs"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var filter = _filter.Query(call);
        try
        {
            // What is there already, then whatever comes.
            var answer = await client.GetAsync($"journal{filter}", cancellationToken);
            call.Error.Line("Waiting for requests. Ctrl+C ends it.", Ink.Faint);
            while (true)
            {
                foreach (var request in answer.GetProperty("requests").EnumerateArray())
                    Write(call, request);
                await call.Context.Output.FlushAsync(cancellationToken);
                var cursor = answer.GetProperty("cursor").GetInt64();
                var more = filter.Length == 0 ? "?" : $"{filter}&";
                answer = await client.GetAsync(
                    string.Create(CultureInfo.InvariantCulture, $"journal{more}after={cursor}&wait=30"), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
    }

    private static void Write(Invocation call, JsonElement request)
    {
        if (call.Json)
            call.WriteJson(request, ToolJson.OneLine.JsonElement);
        else
            AdminView.Request(call.Output, request);
    }
}
