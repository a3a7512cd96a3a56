using Keyless.Cli.Tests.Support;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands;

public sealed class DetectCommandTests
{
    [Fact]
    public async Task the_text_names_the_source_every_rule_and_every_variable()
    {
        var machine = Tool.Machine(("IDENTITY_ENDPOINT", "http://127.0.0.1:41234/msi/token"), ("IDENTITY_HEADER", "a-secret"));

        var run = await new Tool { Environment = machine }.RunAsync("detect");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            Source: app-service, App Service, Functions, Container Apps
            Announced: yes, this machine says where the endpoint is.

            Rules, in the order in which they are tried:
              no   service-fabric    IDENTITY_ENDPOINT, IDENTITY_HEADER and IDENTITY_SERVER_THUMBPRINT are set
                                     IDENTITY_ENDPOINT is set; IDENTITY_HEADER is set; IDENTITY_SERVER_THUMBPRINT is not set
              yes  app-service       IDENTITY_ENDPOINT and IDENTITY_HEADER are set
                                     IDENTITY_ENDPOINT is set; IDENTITY_HEADER is set
              no   machine-learning  MSI_ENDPOINT and MSI_SECRET are set
                                     not needed: App Service comes first
              no   cloud-shell       MSI_ENDPOINT is set
                                     not needed: App Service comes first
              no   azure-arc         IDENTITY_ENDPOINT and IMDS_ENDPOINT are set
                                     not needed: App Service comes first
              no   azure-arc         the Azure Arc agent's program file exists
                                     not needed: App Service comes first
              no   imds              nothing else was found
                                     not needed: App Service comes first

            Variables that count:
              IDENTITY_ENDPOINT                  http://127.0.0.1:41234/msi/token
              IDENTITY_HEADER                    set (a secret, not shown)
              IDENTITY_SERVER_THUMBPRINT         not set
              IMDS_ENDPOINT                      not set
              MSI_ENDPOINT                       not set
              MSI_SECRET                         not set
              DEFAULT_IDENTITY_CLIENT_ID         not set
              AZURE_POD_IDENTITY_AUTHORITY_HOST  not set

            Nothing was sent.

            """,
            run.Output);
    }

    [Fact]
    public async Task a_machine_without_variables_may_be_a_virtual_machine()
    {
        var run = await new Tool().RunAsync("detect");

        Assert.StartsWith("Source: imds, a virtual machine, scale set or AKS node\nAnnounced: no.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_json_has_the_same_facts()
    {
        var machine = Tool.Machine(("MSI_ENDPOINT", "http://127.0.0.1:50342/oauth2/token"), ("MSI_SECRET", "a-secret-that-nobody-may-see"));

        var run = await new Tool { Environment = machine }.RunAsync("detect", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("machine-learning", run.Json.GetProperty("source").GetString());
        Assert.True(run.Json.GetProperty("announced").GetBoolean());
        Assert.Equal("MSI_ENDPOINT and MSI_SECRET are set", run.Json.GetProperty("rule").GetString());

        var steps = run.Json.GetProperty("steps").EnumerateArray().ToArray();
        Assert.Equal(7, steps.Length);
        var chosen = Assert.Single(steps, step => step.GetProperty("applies").GetBoolean());
        Assert.Equal("machine-learning", chosen.GetProperty("source").GetString());

        var variables = run.Json.GetProperty("variables").EnumerateArray()
            .ToDictionary(variable => variable.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.Equal("http://127.0.0.1:50342/oauth2/token", variables["MSI_ENDPOINT"].GetProperty("value").GetString());
        Assert.True(variables["MSI_SECRET"].GetProperty("set").GetBoolean());
        Assert.True(variables["MSI_SECRET"].GetProperty("secret").GetBoolean());
        Assert.Null(variables["MSI_SECRET"].GetProperty("value").GetString());
        Assert.False(variables["IDENTITY_HEADER"].GetProperty("set").GetBoolean());
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task no_secret_is_shown_wherever_it_stands(params string[] options)
    {
        Canary header = new("identity header"), secret = new("MSI secret"), password = new("password"), query = new("query");
        var machine = Tool.Machine(
            ("IDENTITY_ENDPOINT", $"http://user:{password.Value}@127.0.0.1:1/msi/token?code={query.Value}"),
            ("IDENTITY_HEADER", header.Value),
            ("MSI_ENDPOINT", $"http://127.0.0.1:1/#{query.Value}"),
            ("MSI_SECRET", secret.Value));

        var run = await new Tool { Environment = machine }.RunAsync(["detect", .. options]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("http://(hidden)@127.0.0.1:1/msi/token?(hidden)", run.Output, StringComparison.Ordinal);
        foreach (var canary in (Canary[])[header, secret, password, query])
            canary.AssertAbsentFrom(run.Output, run.Error);
    }

    [Fact]
    public async Task a_value_cannot_move_the_cursor()
    {
        var run = await new Tool { Environment = Tool.Machine(("MSI_ENDPOINT", "http://x/\e[2J\n")) }.RunAsync("detect");

        Assert.DoesNotContain('\e', run.Output);
        Assert.Contains("http://x/\uFFFD[2J\uFFFD\n", run.Output, StringComparison.Ordinal);
    }
}
