using System.CommandLine;
using System.Net;
using Keyless.Cli.Administration;
using Keyless.Cli.Commands;
using Keyless.Cli.Emulation;
using Keyless.Emulator;

namespace Keyless.Cli.Options;

/// <summary>Options about who may reach an emulator, and whether it hands out real tokens.</summary>
internal sealed class AccessOptions
{
    private const string Everyone = "--bind";

    // The emulator names its options; on the command line they have other names. The longer ones first.
    private static readonly (string Option, string Flag)[] Flags =
    [
        ("Passthrough.Resources", "--passthrough-resource"),
        ("Passthrough.Tenant", "--passthrough-tenant"),
        ("Passthrough", "--passthrough"),
        ("AllowInAzure", "--allow-in-azure"),
        ("AllowedHosts", "--allowed-host"),
        ("AllowRemote", Everyone),
        ("AdminPort", "--admin-port"),
        ("AdminKey", $"--admin-key-file or {AdminOptions.KeyVariable}"),
        ("Address", "--address"),
    ];

    private readonly Option<int> _adminPort = EmulationOptions.PortOption(
        "--admin-port", "The port of the admin API. The default is a free one.");
    private readonly Option<string?> _adminKeyFile = AdminOptions.KeyFileOption(
        $"A file with the key that the admin API is to ask for, at least 16 characters. The default is the variable {AdminOptions.KeyVariable}, else none is asked for.");
    private readonly Option<string[]> _allowedHosts = Many(
        "--allowed-host", "NAME", "A name by which other machines know this one, such as a container's; may be given several times.");
    private readonly Option<bool> _allowInAzure = new("--allow-in-azure") { Description = "Start although this seems to be a machine or an app of Azure." };
    private readonly PassthroughFlags _passthrough = new();

    public Option<IPAddress?> Bind { get; } = new(Everyone)
    {
        Description = "The address to listen on, also one that other machines reach, such as 0.0.0.0; that takes an admin key.",
        HelpName = "IP",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!IPAddress.TryParse(text, out var address))
                result.AddError($"{Everyone} is '{text}', which is no IP address. Give one such as 0.0.0.0 or 127.0.0.1.");
            return address;
        },
    };

    public IReadOnlyList<Option> All => [Bind, _adminPort, _adminKeyFile, _allowedHosts, _allowInAzure, .. _passthrough.All];

    public void AddValidatorsTo(Command command) => _passthrough.AddValidatorsTo(command);

    /// <exception cref="ToolException">Others would reach the emulator, and there is no key.</exception>
    public EmulatorAccess Read(Invocation call)
    {
        var bind = call.Get(Bind);
        var key = AdminOptions.ReadKey(call.Get(_adminKeyFile), call.Context);
        if (bind is not null && !IPAddress.IsLoopback(bind) && key is null)
        {
            throw ToolException.Usage(
                $"{Everyone} is {bind}, which other machines may reach, and whoever reaches the emulator gets tokens. That takes an admin key: "
                + $"set the variable {AdminOptions.KeyVariable}, or give a file with --admin-key-file.");
        }

        return new EmulatorAccess
        {
            Bind = bind,
            AdminPort = call.Get(_adminPort),
            AdminKey = key,
            AllowedHosts = call.Get(_allowedHosts) ?? [],
            AllowInAzure = call.Get(_allowInAzure),
            Passthrough = _passthrough.Read(call),
            Machine = call.Context.Environment,
        };
    }

    /// <summary>A message of the emulator, with flags in the place of options.</summary>
    public static string InFlags(string message)
    {
        foreach (var (option, flag) in Flags)
            message = message.Replace($"{nameof(EmulatorOptions)}.{option}", flag, StringComparison.Ordinal);
        return message;
    }

    public static Option<string[]> Many(string name, string placeholder, string description) => new(name)
    {
        HelpName = placeholder,
        Description = description,
        DefaultValueFactory = _ => [],
    };
}
