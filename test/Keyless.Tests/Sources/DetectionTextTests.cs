namespace Keyless.Tests.Sources;

/// <summary>What detection says about itself: every rule explained, in order, and no value of any variable.</summary>
public sealed class DetectionTextTests
{
    private const string Canary = "canary-7f3a";

    private static readonly SourceKind[] Order =
    [
        SourceKind.ServiceFabric, SourceKind.AppService, SourceKind.MachineLearning, SourceKind.CloudShell,
        SourceKind.AzureArc, SourceKind.AzureArc, SourceKind.Imds,
    ];

    private static readonly string[] Names =
    [
        "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET",
        "AZURE_POD_IDENTITY_AUTHORITY_HOST", "DEFAULT_IDENTITY_CLIENT_ID",
    ];

    public static TheoryData<int> Combinations() => [.. Enumerable.Range(0, 1 << Names.Length)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_rule_is_explained_without_any_value(int combination)
    {
        var detection = SourceDetection.Detect(Machine(combination));

        Assert.Equal(Order, detection.Steps.Select(step => step.Source));
        Assert.Equal(detection.Chosen, Assert.Single(detection.Steps, step => step.Applies));
        foreach (var step in detection.Steps)
        {
            Assert.False(string.IsNullOrWhiteSpace(step.Rule));
            Assert.False(string.IsNullOrWhiteSpace(step.Reason));
            Assert.DoesNotContain(Canary, step.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Rules_before_the_chosen_one_say_what_is_missing_and_those_after_it_what_came_first(int combination)
    {
        var detection = SourceDetection.Detect(Machine(combination));
        var place = detection.Steps.TakeWhile(step => !step.Applies).Count();

        Assert.All(detection.Steps.Take(place), step => Assert.Matches("not set|does not exist", step.Reason));
        Assert.All(detection.Steps.Skip(place + 1), step => Assert.EndsWith("comes first", step.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_names_its_variables_and_what_is_set_of_them()
    {
        var detection = SourceDetection.Detect(new FakeMachine { ["IDENTITY_ENDPOINT"] = "http://127.0.0.1:1/" });

        Assert.Equal("IDENTITY_ENDPOINT, IDENTITY_HEADER and IDENTITY_SERVER_THUMBPRINT are set", detection.Steps[0].Rule);
        Assert.Equal(
            "IDENTITY_ENDPOINT is set; IDENTITY_HEADER is not set; IDENTITY_SERVER_THUMBPRINT is not set", detection.Steps[0].Reason);
        Assert.Equal("MSI_ENDPOINT is set", detection.Steps[3].Rule);
        Assert.Equal("/opt/azcmagent/bin/himds does not exist", detection.Steps[5].Reason);
        Assert.Equal("no rule before this one holds", detection.Chosen.Reason);
    }

    [Fact]
    public void A_rule_that_holds_too_says_so()
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["MSI_ENDPOINT"] = "http://127.0.0.1:1/";

        var detection = SourceDetection.Detect(machine);

        Assert.Equal("MSI_ENDPOINT is set, but App Service comes first", detection.Steps[3].Reason);
        Assert.Equal("not needed: App Service comes first", detection.Steps[6].Reason);
    }

    [Fact]
    public void A_machine_that_can_have_no_agent_is_told_apart_from_one_that_has_none()
    {
        var detection = SourceDetection.Detect(new FakeMachine { AgentFile = null });

        Assert.Equal("this kind of machine has no Azure Arc agent", detection.Steps[5].Reason);
    }

    private static FakeMachine Machine(int combination)
    {
        var machine = new FakeMachine();
        for (var i = 0; i < Names.Length; i++)
        {
            if ((combination & (1 << i)) != 0)
                machine[Names[i]] = $"http://{Canary}.example/{i}";
        }

        return machine;
    }
}
