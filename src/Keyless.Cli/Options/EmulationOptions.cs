using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Keyless.Cli.Administration;
using Keyless.Cli.Commands;
using Keyless.Cli.Configuration;
using Keyless.Cli.Emulation;
using Keyless.Cli.Output;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Options;

/// <summary>Options that say what an emulator serves and where, whether in a terminal or in the background.</summary>
internal sealed class EmulationOptions
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
    private readonly Option<bool> _verbose =
        new("--verbose", "-v") { Description = "Log each request, once it is answered, to standard error; in the background to its log." };
    private readonly Option<string?> _tokenTimes = new("--token-times")
    {
        HelpName = "CLOCK",
        Description = "Which clock the times in tokens tell once the emulator's has been moved: real (the default), or clock, the emulator's.",
    };
    private readonly List<Option> _all;

    public EmulationOptions() => _all =
        [_configuration, _sources, _address, _port, _authorityPort, _lifetime, _tokenTimes, _verbose, .. _access.All];

    public static Option<int> PortOption(string name, string description) => new(name)
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

    public void AddTo(Command command)
    {
        foreach (var option in _all)
            command.Add(option);
        _access.AddValidatorsTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_port) is not null && result.GetResult(_sources)?.Tokens.Count != 1)
                result.AddError("--port needs exactly one --source: every emulated endpoint has a port of its own.");
            if (result.GetResult(_address) is not null && result.GetResult(_access.Bind) is not null)
                result.AddError("--address and --bind say the same: give one of them.");
        });
    }

    /// <exception cref="ToolException">Others would reach the emulator, and there is no key.</exception>
    public EmulatorPlan Read(Invocation call, EmulatorFormat format, Shell shell) => new()
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
        Format = format,
        Shell = shell,
    };

    /// <summary>The arguments that say the same to the tool in any other process. The configuration file that was found is named.</summary>
    public IEnumerable<string> Arguments(Invocation call)
    {
        if (EmulatorSettings.FindFile(call.Get(_configuration), call.Context) is { } file)
            yield return $"{ConfigurationOption.Name}={Path.GetFullPath(file)}";

        foreach (var option in _all.Where(option => option != _configuration))
        {
            var isFile = option.Name == AdminOptions.KeyFileName;
            foreach (var value in call.Given(option))
                yield return value is null ? option.Name : $"{option.Name}={(isFile ? Path.GetFullPath(value) : value)}";
        }
    }

    /// <summary>
    /// What tells this emulator from one that was started otherwise: arguments, and the variables that configure emulators.
    /// </summary>
    public IReadOnlyList<string> Settings(Invocation call) =>
    [
        .. Arguments(call),
        .. EmulatorVariables.Members
            .Select(member => (Name: member.Key, Value: call.Context.Environment.GetVariable(member.Key)))
            .Where(variable => !string.IsNullOrEmpty(variable.Value))
            .Select(variable => $"{variable.Name}={variable.Value}"),
    ];

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
}
