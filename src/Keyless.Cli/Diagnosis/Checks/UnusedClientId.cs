namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A variable by which other clients choose an identity, and Keyless does not.</summary>
internal sealed class UnusedClientId : ICheck
{
    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (!machine.IsSet("AZURE_CLIENT_ID"))
            yield break;

        yield return Finding.Warning(
            "unused-client-id",
            "AZURE_CLIENT_ID is set. DefaultAzureCredential takes it for the managed identity to ask for; Keyless does not read it, and "
            + "asks for "
            + "the system-assigned one unless code names another."
            + (Guid.TryParse(machine.Environment.GetVariable("AZURE_CLIENT_ID"), out _) ? "" : " Its value is no GUID, which others refuse."),
            "Name the identity in code, by ManagedIdentity.FromClientId, or by --client-id; or unset the variable.");
    }
}
