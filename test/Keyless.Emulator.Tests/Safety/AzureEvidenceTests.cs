using Keyless.Emulator.Safety;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Safety;

public sealed class AzureEvidenceTests : IDisposable
{
    private const string AssetTag = "7783-7084-3265-9085-8269-3286-77";

    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void a_machine_without_signs_is_not_in_azure() => Assert.Null(AzureEvidence.Find(Machine(), _root.Path));

    [Theory]
    [InlineData("sys/class/dmi/id/chassis_asset_tag", AssetTag + "\n")]
    [InlineData("var/lib/waagent/provisioned", "")]
    [InlineData("var/lib/waagent/ovf-env.xml", "<Environment/>")]
    [InlineData("WindowsAzure/Packages/WaAppAgent.exe", "")]
    [InlineData("opt/azcmagent/bin/himds", "")]
    public async Task a_file_of_azure_keeps_an_emulator_from_starting(string file, string content)
    {
        Write(file, content);

        var exception = await Assert.ThrowsAsync<EmulatorException>(() => StartAsync(Machine()));

        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
        Assert.Contains("EmulatorOptions.AllowInAzure", exception.Message, StringComparison.Ordinal);
        Assert.Contains("KEYLESS_ALLOW_IN_AZURE=1", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WEBSITE_INSTANCE_ID", "WEBSITE_SITE_NAME")]
    [InlineData("CONTAINER_APP_NAME", "CONTAINER_APP_REVISION")]
    [InlineData("ACC_CLOUD", "ACC_TERM")]
    [InlineData("Fabric_ApplicationName", "Fabric_NodeName")]
    [InlineData("AZUREML_RUN_ID", "AZUREML_ARM_WORKSPACE_NAME")]
    public async Task variables_of_a_platform_keep_an_emulator_from_starting(string one, string other)
    {
        var exception = await Assert.ThrowsAsync<EmulatorException>(() => StartAsync(Machine(one, other)));

        Assert.Contains($"{one} and {other}", exception.Message, StringComparison.Ordinal);
        Assert.Null(AzureEvidence.Find(Machine(one), _root.Path));
    }

    [Theory]
    [InlineData("CI")]
    [InlineData("GITHUB_ACTIONS")]
    [InlineData("TF_BUILD")]
    [InlineData("CODESPACES")]
    public async Task a_hosted_build_machine_is_no_evidence_but_an_app_on_it_is(string variable)
    {
        Write("sys/class/dmi/id/chassis_asset_tag", AssetTag);

        await using var emulator = await StartAsync(Machine(variable));

        Assert.NotNull(AzureEvidence.Find(Machine(variable, "WEBSITE_INSTANCE_ID", "WEBSITE_SITE_NAME"), _root.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Not Specified")]
    [InlineData("7783-7084-3265-9085-8269-3286-78")]
    [InlineData("7783-7084-3265-9085-8269-3286-777")]
    public void the_tags_of_other_machines_are_no_evidence(string tag)
    {
        Write("sys/class/dmi/id/chassis_asset_tag", tag);

        Assert.Null(AzureEvidence.Find(Machine(), _root.Path));
    }

    [Fact]
    public async Task whoever_means_it_starts_an_emulator_in_azure()
    {
        Write("sys/class/dmi/id/chassis_asset_tag", AssetTag);

        await using var byOption = await StartAsync(Machine(), allow: true);
        await using var byVariable = await StartAsync(Machine("KEYLESS_ALLOW_IN_AZURE"));

        Assert.NotEmpty(byOption.Hosts);
        Assert.NotEmpty(byVariable.Hosts);
        Assert.NotNull(AzureEvidence.Find(Machine(), _root.Path));
    }

    private static MachineEnvironment Machine(params string[] set) =>
        MachineEnvironment.FromVariables(set.Select(name => KeyValuePair.Create(name, "1")));

    private Task<ManagedIdentityEmulator> StartAsync(MachineEnvironment machine, bool allow = false) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds], Machine = machine, FileRoot = _root.Path, AllowInAzure = allow },
        TestContext.Current.CancellationToken);

    private void Write(string file, string content)
    {
        var path = Path.Combine(_root.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
