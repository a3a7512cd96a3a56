using Keyless.Cli.Options;
using Keyless.Emulator;

namespace Keyless.Cli.Execution;

/// <summary>A machine that has one identity and no other, so that whoever names none gets a token of that one.</summary>
internal static class ChosenIdentity
{
    private const string System = "system";

    /// <param name="host">The machine.</param>
    /// <param name="name">The name of a user-assigned identity, or 'system'; null for those that the machine has anyway.</param>
    /// <param name="options">What describes the identities.</param>
    /// <exception cref="ToolException">There is no such identity.</exception>
    public static HostDescription HostWith(HostDescription host, string? name, EmulatorOptions options)
    {
        if (name is null)
            return host;
        if (host.Kind == HostKind.CloudShell)
        {
            throw ToolException.Usage(
                $"--identity has no meaning with {SourceName.Of(SourceKind.CloudShell)}, whose tokens are a user's. Leave it out.");
        }

        if (name == System)
            return host with { SystemAssigned = true, UserAssigned = [] };

        // A host can only have identities of its own tenant.
        var first = options.Tenants.Count > 0 ? options.Tenants[0].Name : TenantDescription.DefaultName;
        var known = options.Identities
            .Where(identity => (identity.Tenant ?? first) == (host.Tenant ?? first))
            .Select(identity => identity.Name)
            .ToArray();
        return known.Contains(name, StringComparer.Ordinal)
            ? host with { SystemAssigned = false, UserAssigned = [name] }
            : throw ToolException.Usage($"--identity does not know '{name}'. It takes one of {string.Join(", ", known.Prepend(System))}.");
    }

    /// <summary>The identities of a host, by the names that the option takes.</summary>
    public static IReadOnlyList<string> NamesOn(EmulatedHost host) =>
        [.. host.AssignedIdentities.Select(identity => identity.IsSystemAssigned ? System : identity.Name)];
}
