namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A machine that seems to be one of Azure, which has identities of its own.</summary>
internal sealed class AzureHost : ICheck
{
    private const string Override = "KEYLESS_ALLOW_IN_AZURE";

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.AzureEvidence is not { } evidence)
            yield break;

        if (machine.Emulators.Count > 0 || machine.IsSet(Override))
        {
            yield return Finding.Warning(
                "azure-host",
                $"This seems to be Azure ({evidence}), and an emulator "
                + $"{(machine.Emulators.Count > 0 ? "runs here" : $"may run here: {Override} is set")}. "
                + "Programs that find it miss their real identity.",
                $"End it ('keyless down') and unset {Override}, unless this machine is there for tests.");
        }
        else
        {
            yield return Finding.Note(
                "azure-host",
                $"This seems to be Azure: {evidence}. An emulator does not start here.",
                "Nothing, if programs here are to have their real identity. --allow-in-azure starts an emulator all the same.");
        }
    }
}
