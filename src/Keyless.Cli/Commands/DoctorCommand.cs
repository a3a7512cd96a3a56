using System.CommandLine;
using Keyless.Cli.Diagnosis;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>Looks at this machine and says what is wrong with it, and what to do.</summary>
internal sealed class DoctorCommand : ToolCommand
{
    private const int Indent = 9;

    private readonly Option<bool> _probe = new("--probe")
    {
        Description = "Look at the announced endpoint even if it is on another machine: one connection, and one request that asks for "
            + "no token. Without it nothing is sent but to this machine.",
    };
    private readonly Option<string?> _configuration = ConfigurationOption.Make();

    public DoctorCommand(ToolContext context, GlobalOptions globals)
        : base("doctor", "Look at this machine and say what keeps managed identities, or the emulator, from working.", context, globals)
    {
        Add(_probe);
        Add(_configuration);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless doctor", "each finding with a remedy, the worst first; exit code 8 if one is an error"),
        new("keyless doctor --probe", "looks at the endpoint, too, wherever it is"),
        new("keyless doctor --json | jq -r .findings[].id", "for programs"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var machine = await Doctor.GatherAsync(call.Context, call.Get(_configuration), call.Get(_probe), cancellationToken);
        var findings = Doctor.Examine(machine);
        var asked = machine.Look is { WasAsked: true } ? machine.Endpoint.Address!.GetLeftPart(UriPartial.Authority) : null;
        if (call.Json)
            call.WriteJson(DoctorJson.Of(findings, asked), ToolJson.Indented.DoctorJson);
        else
            Write(call.Output, findings, asked, machine);
        return findings.Any(finding => finding.Severity == Severity.Error) ? ExitCodes.SeriousFinding : ExitCodes.Ok;
    }

    private static void Write(Page page, IReadOnlyList<Finding> findings, string? asked, Surroundings machine)
    {
        foreach (var finding in findings)
        {
            var (name, ink) = finding.Severity switch
            {
                Severity.Error => ("error", Ink.Bad),
                Severity.Warning => ("warning", Ink.Warning),
                _ => ("note", Ink.Faint),
            };
            var head = page.Paint(name, ink) + new string(' ', Indent - name.Length);
            page.Paragraph(finding.Text, Indent, first: head);
            page.Paragraph($"What to do: {finding.Remedy}", Indent, Ink.Faint);
            page.Line();
        }

        page.Line(Summary(findings), findings.Count == 0 ? Ink.Good : Ink.Strong);
        page.Paragraph(
            asked is not null ? $"One request, for nothing, was sent to {asked}."
            : machine.Look is null && machine.Endpoint.Address is not null ? "Nothing was sent. --probe looks at the endpoint, too."
            : "Nothing was sent but to this machine.",
            ink: Ink.Faint);
    }

    private static string Summary(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return $"Nothing is wrong, as far as {Doctor.Checks.Count} checks can tell.";

        var parts = findings.GroupBy(finding => finding.Severity).Select(group => (group.Key, group.Count()) switch
        {
            (Severity.Error, var count) => $"{count} error{(count == 1 ? "" : "s")}",
            (Severity.Warning, var count) => $"{count} warning{(count == 1 ? "" : "s")}",
            (_, var count) => $"{count} note{(count == 1 ? "" : "s")}",
        });
        return $"Found: {string.Join(", ", parts)}.";
    }
}
