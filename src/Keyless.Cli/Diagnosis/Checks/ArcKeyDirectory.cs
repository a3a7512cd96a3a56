namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Azure Arc: whether this user can read the files in which the agent leaves its keys.</summary>
internal sealed class ArcKeyDirectory : ICheck
{
    private const string Group = "himds";

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.Source != SourceKind.AzureArc)
            yield break;

        if (machine.Environment.ArcKeyDirectory is not { } directory)
        {
            yield return Finding.Error(
                "arc-directory",
                "The variables are those of Azure Arc, but there is no agent for this operating system, and no directory whose key files "
                + "a client would trust.",
                "Unset IDENTITY_ENDPOINT and IMDS_ENDPOINT.");
            yield break;
        }

        switch (machine.Files.AccessTo(directory))
        {
            case DirectoryAccess.Missing:
                yield return Finding.Error(
                    "arc-directory",
                    $"{directory}, where the agent of Azure Arc leaves its keys, is not there.",
                    "Install or repair the agent ('azcmagent check'); for an emulated host make the directory and let this user write to "
                    + "it.");
                break;
            case DirectoryAccess.Closed:
                yield return Finding.Error(
                    "arc-directory", $"This user may not read {directory}, where the agent of Azure Arc leaves its keys.", Remedy(machine));
                break;
        }
    }

    private static string Remedy(Surroundings machine)
    {
        if (OperatingSystem.IsWindows())
            return "Add this user to the group 'Hybrid agent extension applications', or run as an administrator; then sign in anew.";

        var groups = machine.Files.ReadText("/etc/group") ?? "";
        var user = machine.Environment.GetVariable("USER") is { Length: > 0 } name ? name : "USER";
        return groups.Split('\n').Any(line => line.StartsWith($"{Group}:", StringComparison.Ordinal))
            ? $"Add this user to the group {Group}, then sign in anew: sudo usermod -aG {Group} {user}"
            : $"There is no group {Group}, which the agent makes: repair the agent ('azcmagent check'), or let this user read the "
                + "directory.";
    }
}
