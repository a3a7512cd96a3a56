using Keyless.Cli.Detection;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>Which managed identity source this machine has, by which rule, and why not the others. Sends nothing.</summary>
internal sealed class DetectCommand(ToolContext context, GlobalOptions globals)
    : ToolCommand("detect", "Say which managed identity source this machine has, and why. Sends nothing.", context, globals)
{
    private const int RuleIndent = 25;

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless detect", "the source, the rules in their order, the variables that count"),
        new("keyless detect --json | jq -r .source", "just the source"),
    ];

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var detection = SourceDetection.Detect(call.Context.Environment);
        var variables = SourceVariable.ReadAll(call.Context.Environment);
        if (call.Json)
            call.WriteJson(DetectionJson.Of(detection, variables), ToolJson.Indented.DetectionJson);
        else
            Write(call.Output, detection, variables);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void Write(Page page, SourceDetection detection, IReadOnlyList<SourceVariable> variables)
    {
        var name = SourceName.Of(detection.Source);
        page.Line($"Source: {page.Paint(name, Ink.Good)}, {SourceName.Platform(detection.Source)}");
        page.Paragraph(detection.IsAnnounced
            ? "Announced: yes, this machine says where the endpoint is."
            : "Announced: no. A virtual machine does not announce its endpoint; 'keyless token' shows whether there is one.");

        page.Line();
        page.Line("Rules, in the order in which they are tried:", Ink.Strong);
        foreach (var step in detection.Steps)
        {
            var verdict = step.Applies ? page.Paint("yes", Ink.Good) : page.Paint("no ", Ink.Faint);
            page.Paragraph(step.Rule, RuleIndent, first: $"  {verdict}  {SourceName.Of(step.Source),-17} ");
            page.Paragraph(step.Reason, RuleIndent, Ink.Faint);
        }

        page.Line();
        page.Line("Variables that count:", Ink.Strong);
        var list = new FactList();
        foreach (var variable in variables)
        {
            list.Add(
                variable.Name,
                !variable.IsSet ? "not set" : variable.IsSecret ? "set (a secret, not shown)" : variable.Value,
                variable.IsSet ? Ink.Plain : Ink.Faint);
        }

        list.WriteTo(page);
        page.Line();
        page.Line("Nothing was sent.", Ink.Faint);
    }
}
