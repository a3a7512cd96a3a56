using Keyless.Sources;

namespace Keyless.Tests.Sources;

public sealed class DetectionTests
{
    // Bit n of a combination says whether the n-th variable is set.
    private static readonly string[] Names =
        ["IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET"];

    private const int Combinations = 64;

    public static TheoryData<int, bool> AllCombinations()
    {
        var data = new TheoryData<int, bool>();
        for (var combination = 0; combination < Combinations; combination++)
        {
            data.Add(combination, p2: false);
            data.Add(combination, p2: true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllCombinations))]
    public void Every_combination_of_variables_and_agent_file_finds_the_documented_source(int combination, bool agentFile)
    {
        var detection = SourceDetection.Detect(Machine(combination, agentFile));

        Assert.Equal(Expected(combination, agentFile), (detection.Source, Place(detection)));
    }

    [Theory]
    [MemberData(nameof(AllCombinations))]
    public void The_source_that_is_used_is_the_one_that_is_reported(int combination, bool agentFile)
    {
        var machine = Machine(combination, agentFile);

        Assert.Equal(SourceDetection.Detect(machine).Source, SourceDetector.Find(machine, pinned: null).Kind);
    }

    [Theory]
    [MemberData(nameof(AllCombinations))]
    public void Only_the_last_resort_is_not_announced(int combination, bool agentFile)
    {
        var detection = SourceDetection.Detect(Machine(combination, agentFile));

        Assert.Equal(detection.Source != SourceKind.Imds, detection.IsAnnounced);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData(" ")]
    public void The_address_variable_of_the_metadata_service_announces_it(string value)
    {
        var detection = SourceDetection.Detect(new FakeMachine { ["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = value });

        Assert.Equal((SourceKind.Imds, true), (detection.Source, detection.IsAnnounced));
    }

    [Theory]
    [InlineData("AZURE_POD_IDENTITY_AUTHORITY_HOST")]
    [InlineData("DEFAULT_IDENTITY_CLIENT_ID")]
    [InlineData("IDENTITY_API_VERSION")]
    [InlineData("MSAL_MANAGED_IDENTITY_ENDPOINT")]
    public void Other_variables_choose_no_source(string name) =>
        Assert.Equal(SourceKind.Imds, SourceDetection.Detect(new FakeMachine { [name] = "http://127.0.0.1:1" }).Source);

    // An empty variable is the same as none; a blank one counts as set, so that its error is shown and not another source's.
    [Theory]
    [InlineData("IDENTITY_HEADER", "", SourceKind.Imds)]
    [InlineData("IDENTITY_HEADER", " ", SourceKind.AppService)]
    [InlineData("IDENTITY_HEADER", "\t", SourceKind.AppService)]
    public void Empty_is_not_set_and_blank_is(string name, string value, SourceKind expected)
    {
        var machine = new FakeMachine { ["IDENTITY_ENDPOINT"] = "http://127.0.0.1:1/", [name] = value };

        Assert.Equal(expected, SourceDetection.Detect(machine).Source);
    }

    [Fact]
    public void All_variables_empty_is_no_variable_at_all()
    {
        var machine = new FakeMachine();
        foreach (var name in Names)
            machine[name] = "";

        var detection = SourceDetection.Detect(machine);

        Assert.Equal((SourceKind.Imds, false), (detection.Source, detection.IsAnnounced));
    }

    [Fact]
    public void A_thumbprint_that_is_empty_leaves_App_Service()
    {
        var machine = Samples.Machine(SourceKind.ServiceFabric);
        machine["IDENTITY_SERVER_THUMBPRINT"] = "";

        Assert.Equal(SourceKind.AppService, SourceDetection.Detect(machine).Source);
    }

    [Fact]
    public void Of_both_App_Service_generations_the_newer_is_taken()
    {
        var machine = new FakeMachine
        {
            ["IDENTITY_ENDPOINT"] = "http://127.0.0.1:41234/msi/token",
            ["IDENTITY_HEADER"] = Samples.Secret,
            ["MSI_ENDPOINT"] = "http://127.0.0.1:41234/msi/token",
            ["MSI_SECRET"] = Samples.Secret,
        };

        Assert.Equal(SourceKind.AppService, SourceDetection.Detect(machine).Source);
    }

    [Fact]
    public void A_machine_without_an_agent_file_path_has_no_Arc_by_file() =>
        Assert.Equal(SourceKind.Imds, SourceDetection.Detect(new FakeMachine { AgentFile = null, HasAgentFile = true }).Source);

    [Fact]
    public void The_environment_is_read_anew_each_time()
    {
        var machine = new FakeMachine();
        Assert.Equal(SourceKind.Imds, SourceDetection.Detect(machine).Source);

        machine["MSI_ENDPOINT"] = "http://localhost:50342/oauth2/token";

        Assert.Equal(SourceKind.CloudShell, SourceDetection.Detect(machine).Source);
    }

    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.AzureArc)]
    [InlineData(SourceKind.CloudShell)]
    [InlineData(SourceKind.ServiceFabric)]
    [InlineData(SourceKind.MachineLearning)]
    public void A_pinned_source_is_taken_whatever_else_is_there(SourceKind pinned)
    {
        for (var combination = 0; combination < Combinations; combination++)
            Assert.Equal(pinned, SourceDetector.Find(Machine(combination, agentFile: true), pinned).Kind);
    }

    private static FakeMachine Machine(int combination, bool agentFile)
    {
        var machine = new FakeMachine { HasAgentFile = agentFile };
        for (var i = 0; i < Names.Length; i++)
        {
            if ((combination & (1 << i)) != 0)
                machine[Names[i]] = $"http://127.0.0.1:{i + 1}/";
        }

        return machine;
    }

    private static int Place(SourceDetection detection) => detection.Steps.TakeWhile(step => !step.Applies).Count();

    // The documented table once more, row by row: source and the row's place.
    private static (SourceKind Source, int Place) Expected(int combination, bool agentFile)
    {
        bool[] set = [.. Enumerable.Range(0, Names.Length).Select(i => (combination & (1 << i)) != 0)];
        var machine =
            (IdentityEndpoint: set[0], Header: set[1], Thumbprint: set[2], Imds: set[3], MsiEndpoint: set[4], MsiSecret: set[5], File: agentFile);
        return machine switch
        {
            { IdentityEndpoint: true, Header: true, Thumbprint: true } => (SourceKind.ServiceFabric, 0),
            { IdentityEndpoint: true, Header: true } => (SourceKind.AppService, 1),
            { MsiEndpoint: true, MsiSecret: true } => (SourceKind.MachineLearning, 2),
            { MsiEndpoint: true } => (SourceKind.CloudShell, 3),
            { IdentityEndpoint: true, Imds: true } => (SourceKind.AzureArc, 4),
            { File: true } => (SourceKind.AzureArc, 5),
            _ => (SourceKind.Imds, 6),
        };
    }
}
