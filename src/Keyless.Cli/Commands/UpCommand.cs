using System.CommandLine;
using Keyless.Cli.Administration;
using Keyless.Cli.Background;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>Starts an emulator in the background and waits until it is ready.</summary>
internal sealed class UpCommand : ToolCommand
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(30);

    private readonly EmulationOptions _emulation = new();
    private readonly Option<TimeSpan?> _timeout = DurationOption.Make(
        "--timeout", "How long to wait until it is ready; the default is 30s.", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    public UpCommand(ToolContext context, GlobalOptions globals)
        : base("up", "Start the emulator in the background, unless it is up already.", context, globals)
    {
        _emulation.AddTo(this);
        Add(_timeout);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless up", "every kind of endpoint, until 'keyless down'"),
        new("keyless up --config shop.json", "the hosts and identities that a file describes, kept up with its changes"),
        new("keyless up --json | jq -r .emulator.admin", "for scripts: the same whether or not it was up before"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        // What is wrong with the options or the file is better said here than in a log.
        var plan = _emulation.Read(call, EmulatorFormat.None, ShellSyntax.Native);
        var configuration = EmulatorSettings.Read(plan.ConfigurationFile, plan.Flags, call.Context);
        EmulatorSettings.OptionsOf(configuration, plan.Sources, plan.Port, call.Context);

        var (record, wasThere) = await new BackgroundStart(call).RunAsync(
            _emulation.Arguments(call), _emulation.Settings(call), call.Get(_timeout) ?? UsualLimit, cancellationToken);
        var status = await EmulatorStatus.ReadAsync(record, plan.Access.AdminKey, cancellationToken);
        if (call.Json)
            call.WriteJson(new UpJson(wasThere, status), ToolJson.Indented.UpJson);
        else
            Write(call, status, wasThere);
        return ExitCodes.Ok;
    }

    private static void Write(Invocation call, EmulatorStatus status, bool wasThere)
    {
        var page = call.Output;
        page.Line(wasThere ? "The emulator is up already." : "The emulator is up.", Ink.Good);
        page.Line();
        StatusView.Write(page, status, call.Now);
        page.Line();
        page.Line("What next:", Ink.Strong);
        var host = status.Hosts.FirstOrDefault(host => host.Problem is null)?.Name ?? "NAME";
        var take = OperatingSystem.IsWindows() ? $"keyless env --host {host} | iex" : $"eval \"$(keyless env --host {host})\"";
        (string Line, string Does)[] steps =
        [
            (take, "lets this shell be that host"),
            ("keyless journal tail", "shows requests as they come"),
            ("keyless status", "shows this again"),
            ("keyless down", "ends it"),
        ];
        var width = steps.Max(step => step.Line.Length);
        foreach (var (line, does) in steps)
            page.Line($"  {line.PadRight(width)}  {page.Paint(does, Ink.Faint)}");
    }
}
