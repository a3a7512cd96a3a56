using Keyless.Cli.Options;
using Keyless.Emulator;

namespace Keyless.Cli.Emulation;

/// <summary>A running emulator, for programs. Its secrets are made up and good for nothing else.</summary>
internal sealed record EmulatorJson(
    Uri Authority, Guid TenantId, Uri? Admin, Uri? Dashboard, string? Passthrough, IReadOnlyList<HostJson> Hosts, IReadOnlyList<EmulatedIdentityJson> Identities)
{
    public static EmulatorJson Of(ManagedIdentityEmulator emulator) => new(
        emulator.Authority,
        emulator.TenantId,
        emulator.AdminAddress,
        emulator.AdminAddress is { } admin ? new Uri(admin, "ui/") : null,
        emulator.PassthroughNotice,
        [.. emulator.Hosts.Select(HostJson.Of)],
        [.. emulator.Identities.Select(EmulatedIdentityJson.Of)]);
}

/// <summary>An emulated machine: the variables to set on it, and those to unset so that they don't mislead clients.</summary>
internal sealed record HostJson(
    string Name,
    string Kind,
    string Source,
    Uri Endpoint,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<string> Unset,
    string? Problem,
    IReadOnlyList<string> Identities)
{
    public static HostJson Of(EmulatedHost host) => new(
        host.Name,
        HostPlatform.NameOf(host.Kind),
        SourceName.Of(host.Source),
        host.Endpoint,
        host.Variables,
        HostVariables.ToUnset(host),
        host.Problem,
        [.. host.AssignedIdentities.Select(identity => identity.Name)]);
}

/// <summary>An identity of the emulator.</summary>
internal sealed record EmulatedIdentityJson(string Name, bool SystemAssigned, Guid ClientId, Guid ObjectId, string ResourceId)
{
    public static EmulatedIdentityJson Of(EmulatedIdentity identity) =>
        new(identity.Name, identity.IsSystemAssigned, identity.ClientId, identity.ObjectId, identity.ResourceId);
}
