using System.CommandLine;
using Keyless.Cli.Background;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands;

/// <summary>Serves emulated managed identity endpoints until it is told to stop.</summary>
internal sealed class EmulateCommand : ToolCommand
{
    /// <summary>The option by which an emulator runs in the background.</summary>
    public const string LogName = "--log";

    private readonly EmulationOptions _emulation = new();
    private readonly Option<ShellChoice?> _shell = ChoiceOption.One(
        "--shell",
        "SHELL",
        [],
        "What to print variables for: a shell (bash, pwsh, cmd; the default is this system's own), docker (options of 'docker run'), "
        + "dotenv (an .env file), launchsettings (a launchSettings.json), or json.",
        [
            .. Array.ConvertAll(
                [.. ShellSyntax.Names, .. ShellSyntax.OtherNames],
                shell => (shell.Name, new ShellChoice(EmulatorFormat.Script, shell.Value))),
            ("launchsettings", new ShellChoice(EmulatorFormat.LaunchSettings)),
            ("json", new ShellChoice(EmulatorFormat.Json)),
        ]);
    private readonly Option<string?> _log = new(LogName)
    {
        HelpName = "FILE",
        Description = "Leave the terminal and write notes to this file, without variables: what 'keyless up' does.",
    };

    public EmulateCommand(ToolContext context, GlobalOptions globals)
        : base("emulate", "Serve emulated managed identity endpoints on this machine until Ctrl+C.", context, globals)
    {
        _emulation.AddTo(this);
        Add(_shell);
        Add(_log);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless emulate", "every kind of endpoint, with the variables to set"),
        new("keyless emulate --source imds --port 8080", "a virtual machine's endpoint at a fixed port"),
        new("keyless emulate --source app-service --json", "one line of JSON for a program that starts it"),
        .. PassthroughFlags.Examples,
        new("keyless emulate --config shop.json", "the hosts and identities that a file describes, kept up with its changes"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var choice = call.Get(_shell) ?? new ShellChoice(EmulatorFormat.Script, ShellSyntax.Native);
        if (call.Get(_log) is { } log)
        {
            await DetachedEmulator.RunAsync(log, _emulation, call, cancellationToken);
            return ExitCodes.Ok;
        }

        var plan = _emulation.Read(call, call.Json ? EmulatorFormat.Json : choice.Format, choice.Shell);
        await EmulatorServer.RunAsync(plan, call, cancellationToken);
        return ExitCodes.Ok;
    }

    /// <summary>A form to print in; the shell counts for scripts only.</summary>
    private readonly record struct ShellChoice(EmulatorFormat Format, Shell Shell = default);
}
