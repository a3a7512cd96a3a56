using Keyless.Cli.Administration;
using Keyless.Cli.Background;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>Which emulators run, since when, where, and in which state.</summary>
internal sealed class StatusCommand : ToolCommand
{
    private readonly AdminOptions _where = new();

    public StatusCommand(ToolContext context, GlobalOptions globals)
        : base("status", "Show which emulators run: where, since when, and what is unusual about them.", context, globals) =>
        _where.AddTo(this);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless status", "the emulators that this user runs; exit code 4 where there is none"),
        new("keyless status --json | jq -r .emulators[0].admin", "for programs"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var records = await FindAsync(call, cancellationToken);
        var all = new List<EmulatorStatus>();
        foreach (var record in records)
            all.Add(await EmulatorStatus.ReadAsync(record, _where.Key(call), cancellationToken));

        if (call.Json)
            call.WriteJson(new StatusJson(all.Count > 0, all), ToolJson.Indented.StatusJson);
        else
            Write(call, all);
        return all.Count > 0 ? ExitCodes.Ok : ExitCodes.Unreachable;
    }

    private static void Write(Invocation call, List<EmulatorStatus> all)
    {
        if (all.Count == 0)
            call.Output.Line("No emulator is running. 'keyless up' starts one.");
        foreach (var status in all)
        {
            if (status != all[0])
                call.Output.Line();
            call.Output.Line(all.Count == 1 ? "The emulator is running." : $"Emulator {all.IndexOf(status) + 1} of {all.Count}:", Ink.Good);
            call.Output.Line();
            StatusView.Write(call.Output, status, call.Now);
        }
    }

    private async Task<IReadOnlyList<AdminRecord>> FindAsync(Invocation call, CancellationToken cancellationToken)
    {
        var found = await AdminClient.FindAllAsync(call.Context.Environment, cancellationToken);
        return _where.Address(call) is not { } given ? found
            : [found.FirstOrDefault(record => record.Admin.Authority == given.Authority) ?? new AdminRecord("", given)];
    }
}
