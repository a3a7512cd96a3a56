using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Keyless.Cli.Configuration;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>Serves emulated managed identity endpoints until it is told to stop.</summary>
internal sealed class EmulateCommand : ToolCommand
{
    private static readonly IPAddress LinkLocal = new([169, 254, 169, 254]);

    private readonly Option<string?> _configuration = ConfigurationOption.Make();
    private readonly Option<SourceKind[]> _sources = ChoiceOption.Many(
        "--source",
        "SOURCE",
        $"Emulate this kind of endpoint only: {SourceName.List}. May be given several times; the default is all of them.",
        SourceName.All);
    private readonly Option<IPAddress?> _address = new("--address")
    {
        Description = "The loopback address to listen on; the default is 127.0.0.1.",
        HelpName = "IP",
        CustomParser = ReadAddress,
    };
    private readonly AccessOptions _access = new();
    private readonly Option<int> _port = PortOption(
        "--port", "The port of the endpoint; needs exactly one --source. The default is a free one.");
    private readonly Option<int> _authorityPort = PortOption(
        "--authority-port", "The port of the token issuer, for services that must know it beforehand. The default is a free one.");
    private readonly Option<TimeSpan?> _lifetime = DurationOption.Make(
        "--lifetime", "How long tokens live; the default is 24h.", least: TimeSpan.FromSeconds(1), most: TimeSpan.FromHours(24 * 365));
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Log each request to standard error, once it is answered." };
    private readonly Option<string?> _tokenTimes = new("--token-times")
    {
        HelpName = "CLOCK",
        Description = "Which clock the times in tokens tell once the emulator's has been moved: real (the default), or clock, the emulator's.",
    };
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

    public EmulateCommand(ToolContext context, GlobalOptions globals)
        : base("emulate", "Serve emulated managed identity endpoints on this machine until Ctrl+C.", context, globals)
    {
        Add(_configuration);
        Add(_sources);
        Add(_address);
        Add(_port);
        Add(_authorityPort);
        Add(_lifetime);
        Add(_tokenTimes);
        Add(_shell);
        Add(_verbose);
        _access.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetResult(_port) is not null && result.GetResult(_sources)?.Tokens.Count != 1)
                result.AddError("--port needs exactly one --source: every emulated endpoint has a port of its own.");
            if (result.GetResult(_address) is not null && result.GetResult(_access.Bind) is not null)
                result.AddError("--address and --bind say the same: give one of them.");
        });
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless emulate", "every kind of endpoint, with the variables to set"),
        new("keyless emulate --source imds --port 8080", "a virtual machine's endpoint at a fixed port"),
        new("keyless emulate --source app-service --json", "one line of JSON for a program that starts it"),
        new("keyless emulate --passthrough az --passthrough-resource https://vault.azure.net", "local code reaches a real vault, as whoever is logged in"),
        new("keyless emulate --config shop.json", "the hosts and identities that a file describes, kept up with its changes"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var choice = call.Get(_shell) ?? new ShellChoice(EmulatorFormat.Script, ShellSyntax.Native);
        var plan = new EmulatorPlan
        {
            ConfigurationFile = call.Get(_configuration),
            Flags =
            [
                .. call.Flag(_address, ConfigurationMember.Address),
                .. call.Flag(_authorityPort, ConfigurationMember.AuthorityPort),
                .. call.Flag(_lifetime, ConfigurationMember.TokenLifetime),
                .. call.Flag(_tokenTimes, ConfigurationMember.TokenTimes),
            ],
            Sources = call.Get(_sources) ?? [],
            Port = call.Get(_port),
            Access = _access.Read(call) with { Log = call.Get(_verbose) ? new ErrorLog(call.Error, call.Context.Time) : null },
            Format = call.Json ? EmulatorFormat.Json : choice.Format,
            Shell = choice.Shell,
        };
        await EmulatorServer.RunAsync(plan, call, cancellationToken);
        return ExitCodes.Ok;
    }

    // The link-local address is the emulator's to judge: it is no other machine's where the loopback interface carries it.
    private static IPAddress? ReadAddress(ArgumentResult result)
    {
        const string Advice = "Give a loopback address, such as 127.0.0.1 or ::1.";
        const string Danger = "which other machines may reach, and whoever reaches the emulator gets tokens";
        var text = result.Tokens[0].Value;
        if (!IPAddress.TryParse(text, out var address))
            result.AddError($"--address is '{text}', which is no IP address. {Advice}");
        else if (!IPAddress.IsLoopback(address) && !address.Equals(LinkLocal))
            result.AddError($"--address is {address}, {Danger}. {Advice}");
        return address;
    }

    internal static Option<int> PortOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > IPEndPoint.MaxPort)
                result.AddError($"{name} is '{text}', which is no port. Give a number from 1 to {IPEndPoint.MaxPort}.");
            return port;
        },
    };

    /// <summary>A form to print in; the shell counts for scripts only.</summary>
    private readonly record struct ShellChoice(EmulatorFormat Format, Shell Shell = default);
}
