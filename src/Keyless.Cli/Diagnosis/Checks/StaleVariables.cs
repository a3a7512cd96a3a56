namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Variables that lead to a running emulator, but are those of an earlier start: its secrets are new at each one.</summary>
internal sealed class StaleVariables : ICheck
{
    private static readonly string[] Secrets = ["IDENTITY_HEADER", "MSI_SECRET"];

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.EmulatedHost is not { } host)
            yield break;

        var stale = Secrets.Where(name => machine.IsSet(name)
            && host.Variables.TryGetValue(name, out var secret)
            && machine.Environment.GetVariable(name) != secret).ToArray();
        if (stale.Length > 0)
        {
            yield return Finding.Error(
                "stale-variables",
                $"{string.Join(" and ", stale)} {(stale.Length == 1 ? "is" : "are")} not what the emulator's host {host.Name} takes: it "
                + "has been started anew since.",
                $"Take its variables anew: eval \"$(keyless env --host {host.Name})\"");
        }
    }
}
