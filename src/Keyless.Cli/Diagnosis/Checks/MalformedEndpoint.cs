namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Variables that announce an endpoint, but hold no address that a client would take.</summary>
internal sealed class MalformedEndpoint : ICheck
{
    private static readonly string[] Variables = ["IDENTITY_ENDPOINT", "MSI_ENDPOINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST"];

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        foreach (var name in Variables.Where(machine.IsSet))
        {
            var endpoint = new AnnouncedEndpoint(name, machine.Environment.GetVariable(name)!);
            if (endpoint.Address is null)
            {
                yield return Finding.Error(
                    "malformed-endpoint",
                    $"{name} is '{endpoint.Shown}', which is no http or https address that a client takes.",
                    $"Set {name} to the address that the platform gives, such as http://127.0.0.1:41234/msi/token, or unset it.");
            }
        }
    }
}
