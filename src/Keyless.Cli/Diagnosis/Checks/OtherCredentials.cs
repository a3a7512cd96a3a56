namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Variables by which credential chains find another identity before they come to the managed one.</summary>
internal sealed class OtherCredentials : ICheck
{
    private static readonly string[][] Sets =
    [
        ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET"],
        ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_CERTIFICATE_PATH"],
        ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE"],
        ["AZURE_CLIENT_ID", "AZURE_USERNAME", "AZURE_PASSWORD"],
    ];

    public IEnumerable<Finding> Examine(Surroundings machine) => Sets.Where(set => Array.TrueForAll(set, machine.IsSet)).Select(set =>
        Finding.Warning(
            "other-credentials",
            $"{string.Join(", ", set)} are set: DefaultAzureCredential and its like take that identity before the managed one. Keyless "
            + "does not.",
            $"Unset {set[^1]} where the managed identity is meant."));
}
