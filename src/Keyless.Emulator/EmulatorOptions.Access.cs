using System.Net;
using Keyless.Emulator.Configuration;
using Keyless.Emulator.Safety;

namespace Keyless.Emulator;

/// <content>Who may reach the emulator, and where it may run.</content>
public sealed partial record EmulatorOptions
{
    /// <summary>The fewest characters that <see cref="AdminKey"/> has.</summary>
    public const int AdminKeyLength = 16;

    /// <summary>
    /// Whether <see cref="Address"/> may be one that other machines reach, such as 0.0.0.0 in a container; that takes an
    /// <see cref="AdminKey"/> too. Whoever reaches the emulator gets its tokens.
    /// </summary>
    /// <value>Default: false.</value>
    public bool AllowRemote { get; init; }

    /// <summary>The secret that requests to the admin API must carry as <c>Authorization: Bearer …</c>; at least 16 characters.</summary>
    /// <value>Default: null, none is asked for; the admin API is on loopback then.</value>
    public string? AdminKey { get; init; }

    /// <summary>The port of the admin API, by which an emulator is looked at and changed while it runs. 0: a free one.</summary>
    /// <value>Default: null, there is no admin API.</value>
    public int? AdminPort { get; init; }

    /// <summary>
    /// Names by which others know this machine, as they stand in the <c>Host</c> header: <c>name</c>, or <c>name:port</c> where a
    /// forwarded port has another number. The first is the one that addresses are printed with if <see cref="Address"/> is 0.0.0.0 or ::.
    /// </summary>
    /// <value>Default: empty. The emulator's own addresses and localhost are always right.</value>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// What is done when the admin API is asked to end the emulator (<c>POST /shutdown</c>). It is called once the request has been
    /// understood, possibly several times, and must not wait for the emulator's end.
    /// </summary>
    /// <value>Default: null, such requests are refused: whoever has started the emulator ends it.</value>
    public Action? ShutdownRequested { get; init; }

    /// <summary>Whether to start although this machine or process looks like one that runs in Azure and has a real identity.</summary>
    /// <value>Default: false. The variable <c>KEYLESS_ALLOW_IN_AZURE=1</c> does the same.</value>
    public bool AllowInAzure { get; init; }

    /// <summary>
    /// The resources whose requests are answered with real tokens, and where those come from: the <c>PassthroughOptions</c> of the package
    /// <c>Keyless.Emulator.Passthrough</c>. Loopback addresses only.
    /// </summary>
    /// <value>Default: null, none: every token is an emulated one.</value>
    public IPassthrough? Passthrough { get; init; }

    /// <summary>The machine that the emulator runs on: its variables tell whether that is in Azure.</summary>
    /// <value>Default: <see cref="MachineEnvironment.Process"/>.</value>
    public MachineEnvironment Machine { get; init; } = MachineEnvironment.Process;

    /// <summary>What they were read from. Null: a program has made them.</summary>
    internal ConfigurationSource? Configuration { get; init; }

    /// <summary>Where the machine's file system begins, for tests.</summary>
    internal string FileRoot { get; init; } = DefaultFileRoot;

    internal static string DefaultFileRoot { get; } = Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/";

    /// <summary>Whether <see cref="Address"/> stands for all addresses of this machine.</summary>
    internal bool ListensEverywhere => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    /// <summary>Says what is emulated; never a secret.</summary>
    public override string ToString() => $"{nameof(EmulatorOptions)} ({string.Join(", ", HostsOrDefaults)})";

    /// <exception cref="EmulatorException">This seems to be Azure.</exception>
    internal void RequirePlace()
    {
        if (!AllowInAzure)
            AzureEvidence.RequireNone(Machine, FileRoot);
    }

    private void ValidateAccess()
    {
        Require(
            AdminKey is null || (AdminKey.Length >= AdminKeyLength && AdminKey.All(static c => c is > ' ' and < (char)127)),
            nameof(AdminKey),
            $"does not have the form of a key. Give at least {AdminKeyLength} letters, digits and signs, without spaces.");
        RequirePort(AdminPort ?? 0, nameof(AdminPort));
        Require(AllowedHosts is not null, nameof(AllowedHosts), "is null. Leave it out for none.");
        foreach (var name in AllowedHosts!)
        {
            Require(
                AllowedHost.TryParse(name, out _),
                nameof(AllowedHosts),
                $"holds '{name}'. Give names or addresses, each with or without a port, such as emulator or emulator:8080.");
        }

        PassthroughGate.Require(this);
        Require(Machine is not null, nameof(Machine), "is null. Leave it out for the machine of this process.");
    }
}
