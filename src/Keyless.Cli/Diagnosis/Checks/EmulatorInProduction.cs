using Keyless.Cli.Options;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A program that is told that it runs in production, and would take its tokens from an emulator.</summary>
internal sealed class EmulatorInProduction : ICheck
{
    private const int ArcPort = 40342;
    private const int CloudShellPort = 50342;

    private static readonly string[] Stages = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "AZURE_FUNCTIONS_ENVIRONMENT"];

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        var endpoint = machine.Endpoint;
        var stage = Array.Find(
            Stages, name => string.Equals(machine.Environment.GetVariable(name), "Production", StringComparison.OrdinalIgnoreCase));
        if (stage is null || endpoint.Variable is null || !endpoint.IsLoopback)
            yield break;

        if (machine.EmulatedHost is { } host)
        {
            yield return Finding.Error(
                "emulator-in-production",
                $"{stage} is Production, but {endpoint.Variable} leads to the emulator's host {host.Name}. Whatever the program signs in "
                + "to, it is not Azure.",
                $"Unset {endpoint.Variable} and what goes with it in production, or set {stage} to Development.");
        }
        else if (!IsPlatform(machine, endpoint.Address!.Port))
        {
            yield return Finding.Error(
                "emulator-in-production",
                $"{stage} is Production, but {endpoint.Variable} is {endpoint.Shown}: on this machine itself, where nothing else shows "
                + "that it is "
                + $"{SourceName.Platform(machine.Source)}. Tokens from there are an emulator's.",
                $"Unset {endpoint.Variable} and what goes with it in production, or set {stage} to Development.");
        }
    }

    // Some platforms have their endpoint on loopback, too; they leave other traces.
    private static bool IsPlatform(Surroundings machine, int port) => machine.Source switch
    {
        SourceKind.AppService => machine.IsSet("WEBSITE_INSTANCE_ID") || machine.IsSet("WEBSITE_SITE_NAME")
            || machine.IsSet("CONTAINER_APP_NAME") || machine.IsSet("AUTOMATION_ASSET_ACCOUNTID"),
        SourceKind.ServiceFabric => machine.IsSet("Fabric_NodeName") || machine.IsSet("Fabric_ApplicationName"),
        SourceKind.MachineLearning => machine.IsSet("AZUREML_RUN_ID") || machine.IsSet("AZUREML_ARM_WORKSPACE_NAME"),
        SourceKind.CloudShell => port == CloudShellPort || machine.IsSet("ACC_CLOUD"),
        SourceKind.AzureArc => port == ArcPort,
        _ => false,
    };
}
