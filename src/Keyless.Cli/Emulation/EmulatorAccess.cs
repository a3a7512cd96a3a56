using System.Net;
using Keyless.Emulator;
using Microsoft.Extensions.Logging;

namespace Keyless.Cli.Emulation;

/// <summary>What the command line alone says of an emulator: who may reach it, and whether it hands out real tokens.</summary>
internal sealed record EmulatorAccess
{
    /// <summary>The address that others may reach. Null: the configured one, which they may not.</summary>
    public required IPAddress? Bind { get; init; }

    public required int AdminPort { get; init; }

    public required string? AdminKey { get; init; }

    public required IReadOnlyList<string> AllowedHosts { get; init; }

    public required bool AllowInAzure { get; init; }

    public required IPassthrough? Passthrough { get; init; }

    public required MachineEnvironment Machine { get; init; }

    /// <summary>Where exchanges are logged. Null: nowhere.</summary>
    public ILoggerFactory? Log { get; init; }

    public EmulatorOptions ApplyTo(EmulatorOptions options) => options with
    {
        Address = Bind ?? options.Address,
        AllowRemote = Bind is not null && !IPAddress.IsLoopback(Bind),
        AdminPort = AdminPort,
        AdminKey = AdminKey,
        AllowedHosts = AllowedHosts,
        AllowInAzure = AllowInAzure,
        Passthrough = Passthrough,
        Machine = Machine,
        LoggerFactory = Log,
    };

    /// <summary>Says where it listens; never the key.</summary>
    public override string ToString() => $"{Bind?.ToString() ?? "loopback"}, admin port {AdminPort}";
}
