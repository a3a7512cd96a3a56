using Keyless.Cli.Detection;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A variable that may leave managed identities out of credential chains.</summary>
internal sealed class CredentialChoice : ICheck
{
    private const string Variable = "AZURE_TOKEN_CREDENTIALS";

    private static readonly string[] WithManagedIdentity = ["prod", "ManagedIdentityCredential"];

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.IsSet(Variable) && !WithManagedIdentity.Contains(machine.Environment.GetVariable(Variable)!.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            yield return Finding.Warning(
                "credential-choice",
                $"{Variable} is '{ShownValue.Of(machine.Environment.GetVariable(Variable)!)}': DefaultAzureCredential asks no managed identity then. Keyless does not read it.",
                $"Set {Variable} to prod or ManagedIdentityCredential, or unset it.");
        }
    }
}
