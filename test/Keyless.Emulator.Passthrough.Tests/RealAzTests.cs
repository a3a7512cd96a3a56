using System.Net;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Passthrough.Tests;

/// <summary>The real az, to which nobody is logged in. It says so without asking anybody.</summary>
public sealed class RealAzTests
{
    [Fact]
    public async Task it_reports_that_nobody_is_logged_in()
    {
        Assert.SkipWhen(
            ProgramOnPath.Find("az", MachineEnvironment.Process) is null,
            "The Azure CLI is not installed (Debian: apt-get install azure-cli).");
        using var settings = new TemporaryDirectory();
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions
            {
                Sources = [SourceKind.Imds],
                Passthrough = new PassthroughOptions
                {
                    Command = PassthroughCommand.Az,
                    Resources = [HostCalls.Vault],
                    Timeout = TimeSpan.FromMinutes(2),
                    Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["AZURE_CONFIG_DIR"] = settings.Path,
                        ["AZURE_CORE_COLLECT_TELEMETRY"] = "no",
                        ["HTTP_PROXY"] = "http://127.0.0.1:9",
                        ["HTTPS_PROXY"] = "http://127.0.0.1:9",
                    },
                },
            },
            TestContext.Current.CancellationToken);

        var answer = await emulator[SourceKind.Imds].GetAsync($"api-version=2018-02-01&resource={HostCalls.Vault}", HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("az says: Please run 'az login'", answer.String("error_description"), StringComparison.Ordinal);
    }
}
