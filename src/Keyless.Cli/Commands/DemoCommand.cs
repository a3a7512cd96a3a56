using Keyless.Cli.Demo;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>Shows it working: a verified token from every kind of endpoint, on the emulator.</summary>
internal sealed class DemoCommand(ToolContext context, GlobalOptions globals)
    : ToolCommand("demo", "See it work: a verified token from every kind of endpoint, emulated on this machine.", context, globals)
{
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless demo", "the whole of it in a few seconds"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        if (!call.Json)
            DemoView.WriteOpening(call.Output);

        var (rows, exitCode) = await DemoRun.RunAsync(call, cancellationToken);
        if (call.Json)
            call.WriteJson(DemoJson.Of(rows), ToolJson.Indented.DemoJson);
        else
            DemoView.WriteOutcome(call.Output, rows);
        return exitCode;
    }
}
