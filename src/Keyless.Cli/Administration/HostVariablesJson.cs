namespace Keyless.Cli.Administration;

/// <summary>The variables of one emulated machine, for programs: those to set and those to unset.</summary>
internal sealed record HostVariablesJson(
    string Host, string Kind, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Unset);
