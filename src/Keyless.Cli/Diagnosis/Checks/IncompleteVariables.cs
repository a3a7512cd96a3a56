using Keyless.Cli.Options;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Variables of which a platform sets several, but only some are there: the client takes the machine for another one.</summary>
internal sealed class IncompleteVariables : ICheck
{
    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        bool Has(string name) => machine.IsSet(name);
        Finding Incomplete(string there, string missing) => Finding.Error(
            "incomplete-variables",
            $"{there} is set, but {missing} is not. A client passes over it, and takes this machine for {SourceName.Of(machine.Source)}.",
            $"Set {missing} as well, as the platform does, or unset {there}.");

        if (Has("IDENTITY_ENDPOINT") && !Has("IDENTITY_HEADER") && !Has("IMDS_ENDPOINT"))
            yield return Incomplete("IDENTITY_ENDPOINT", "IDENTITY_HEADER (App Service, Service Fabric) or IMDS_ENDPOINT (Azure Arc)");
        if (Has("IDENTITY_HEADER") && !Has("IDENTITY_ENDPOINT"))
            yield return Incomplete("IDENTITY_HEADER", "IDENTITY_ENDPOINT");
        if (Has("IMDS_ENDPOINT") && !Has("IDENTITY_ENDPOINT"))
            yield return Incomplete("IMDS_ENDPOINT", "IDENTITY_ENDPOINT");
        if (Has("IDENTITY_SERVER_THUMBPRINT") && !(Has("IDENTITY_ENDPOINT") && Has("IDENTITY_HEADER")))
            yield return Incomplete("IDENTITY_SERVER_THUMBPRINT", Has("IDENTITY_ENDPOINT") ? "IDENTITY_HEADER" : "IDENTITY_ENDPOINT");
        if (Has("MSI_SECRET") && !Has("MSI_ENDPOINT"))
            yield return Incomplete("MSI_SECRET", "MSI_ENDPOINT");
    }
}
