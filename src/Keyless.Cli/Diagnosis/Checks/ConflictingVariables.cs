using Keyless.Cli.Options;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>The variables of two platforms at once. Clients differ in which they take.</summary>
internal sealed class ConflictingVariables : ICheck
{
    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        var sets = Announced(machine).ToArray();
        if (sets.Length < 2)
            yield break;

        yield return Finding.Warning(
            "conflicting-variables",
            $"Several platforms announce themselves: {string.Join("; ", sets)}. Keyless takes {SourceName.Of(machine.Source)}; other "
            + "clients may not.",
            "Unset those that do not belong to this machine. 'keyless detect' shows the order; 'keyless env' prints what to unset.");
    }

    private static IEnumerable<string> Announced(Surroundings machine)
    {
        bool Has(string name) => machine.IsSet(name);
        string? Value(string name) => machine.Environment.GetVariable(name);

        var hasApp = Has("IDENTITY_ENDPOINT") && Has("IDENTITY_HEADER");
        if (hasApp)
            yield return Has("IDENTITY_SERVER_THUMBPRINT")
                ? "service-fabric (IDENTITY_*)"
                : "app-service (IDENTITY_ENDPOINT, IDENTITY_HEADER)";
        if (Has("IDENTITY_ENDPOINT") && Has("IMDS_ENDPOINT"))
            yield return "azure-arc (IDENTITY_ENDPOINT, IMDS_ENDPOINT)";

        // App Service sets both pairs, with one address.
        if (Has("MSI_ENDPOINT") && !(hasApp && Value("MSI_ENDPOINT") == Value("IDENTITY_ENDPOINT")))
            yield return Has("MSI_SECRET") ? "machine-learning (MSI_ENDPOINT, MSI_SECRET)" : "cloud-shell (MSI_ENDPOINT)";
        if (Has("AZURE_POD_IDENTITY_AUTHORITY_HOST"))
            yield return "imds (AZURE_POD_IDENTITY_AUTHORITY_HOST)";
    }
}
