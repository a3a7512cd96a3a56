using Keyless.Cli.Detection;
using Keyless.Emulator;

namespace Keyless.Cli.Emulation;

/// <summary>The variables that make a shell, and what is started from it, take itself for an emulated machine.</summary>
internal static class HostVariables
{
    /// <summary>The variables of other sources, which would win over the host's own or mix with them.</summary>
    public static IReadOnlyList<string> ToUnset(EmulatedHost host) =>
        [.. SourceVariable.Names.Where(name => !host.Variables.ContainsKey(name))];

    public static IEnumerable<string> Lines(EmulatedHost host, Shell shell) => Lines(host.Variables, ToUnset(host), shell);

    /// <summary>The lines for any set of variables, wherever the machine is emulated.</summary>
    public static IEnumerable<string> Lines(IReadOnlyDictionary<string, string> variables, IEnumerable<string> unset, Shell shell)
    {
        if (ShellSyntax.Unset(shell, unset) is { } line)
            yield return line;
        foreach (var (name, value) in variables)
            yield return ShellSyntax.Set(shell, name, value);
    }
}
