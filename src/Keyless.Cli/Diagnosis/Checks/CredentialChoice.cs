using Keyless.Cli.Detection;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A variable that may leave managed identities out of credential chains.</summary>
internal sealed class CredentialChoice : ICheck
{
    private const string Variable = "AZURE_TOKEN_CREDENTIALS";

    private static readonly string[] WithManagedIdentity = ["prod", "ManagedIdentityCredential"];

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        var choice = machine.Environment.GetVariable(Variable) ?? "";
        if (choice.Length > 0 && !WithManagedIdentity.Contains(choice.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            yield return Finding.Warning(
                "credential-choice",
                $"{Variable} is '{ShownValue.Of(choice)}': DefaultAzureCredential asks no managed "
                + "identity then. Keyless does not read it.",
                $"Set {Variable} to prod or ManagedIdentityCredential, or unset it.");
        }
    }
}
