using Keyless.Cli.Diagnosis;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Tests.Diagnosis;

/// <summary>Each finding is provoked, and all checks look: what is found is that finding and no other.</summary>
public sealed class ChecksTests
{
    private const string Thumbprint = "00112233445566778899AABBCCDDEEFF00112233";
    private const string Header = "a-secret-of-the-platform";

    private static readonly DateTimeOffset Now = new(2026, 3, 15, 9, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Value)[] App = [("IDENTITY_ENDPOINT", "http://127.0.0.1:41234/msi/token"), ("IDENTITY_HEADER", Header)];

    private static readonly (string Name, string Value)[] Fabric =
        [("IDENTITY_ENDPOINT", "https://localhost:2377/metadata/identity/oauth2/token"), ("IDENTITY_HEADER", Header), ("IDENTITY_SERVER_THUMBPRINT", Thumbprint)];

    private static readonly (string Name, string Value)[] Arc =
        [("IDENTITY_ENDPOINT", "http://localhost:40342/metadata/identity/oauth2/token"), ("IMDS_ENDPOINT", "http://localhost:40342")];

    [Fact]
    public void on_a_healthy_machine_nothing_is_found()
    {
        Assert.Empty(Doctor.Examine(Machine()));
        Assert.Empty(Doctor.Examine(Machine(App) with { Look = new EndpointLook { Date = Now.AddSeconds(20), WasAsked = true } }));
        Assert.Empty(Doctor.Examine(Machine([.. App, ("MSI_ENDPOINT", App[0].Value), ("MSI_SECRET", Header)])));
        Assert.Empty(Doctor.Examine(Machine(Fabric) with { Look = new EndpointLook { Thumbprints = [Thumbprint] } }));
        Assert.Empty(Doctor.Examine(ArcMachine(DirectoryAccess.Readable)));
    }

    [Theory]
    [InlineData("IDENTITY_ENDPOINT", "127.0.0.1:41234")]
    [InlineData("IDENTITY_ENDPOINT", "ftp://127.0.0.1/token")]
    [InlineData("IDENTITY_ENDPOINT", " ")]
    [InlineData("IDENTITY_ENDPOINT", "http://user:password@127.0.0.1/token")]
    public void an_endpoint_that_is_no_address(string name, string value) => AssertOnly(
        "malformed-endpoint", Severity.Error, Machine((name, value), ("IDENTITY_HEADER", Header)));

    [Theory]
    [InlineData("http://10.0.0.4/msi/token")]
    [InlineData("http://localhost.example/msi/token")]
    [InlineData("http://[2001:db8::1]/msi/token")]
    public void plain_http_over_a_network(string value) => AssertOnly(
        "insecure-endpoint", Severity.Error, Machine(("IDENTITY_ENDPOINT", value), ("IDENTITY_HEADER", Header)));

    [Theory]
    [InlineData("http://[::1]:41234/msi/token")]
    [InlineData("http://169.254.131.2:8081/msi/token")]
    [InlineData("https://identity.example/msi/token")]
    public void other_addresses_are_let_pass(string value) =>
        Assert.Empty(Doctor.Examine(Machine(("IDENTITY_ENDPOINT", value), ("IDENTITY_HEADER", Header))));

    [Theory]
    [InlineData("IDENTITY_ENDPOINT", "http://127.0.0.1:41234/msi/token")]
    [InlineData("IDENTITY_HEADER", Header)]
    [InlineData("IMDS_ENDPOINT", "http://localhost:40342")]
    [InlineData("IDENTITY_SERVER_THUMBPRINT", Thumbprint)]
    [InlineData("MSI_SECRET", Header)]
    public void half_a_set_of_variables(string name, string value)
    {
        var finding = AssertOnly("incomplete-variables", Severity.Error, Machine((name, value)));

        Assert.StartsWith($"{name} is set, but ", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Header, finding.Text + finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imds (AZURE_POD_IDENTITY_AUTHORITY_HOST)", "AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:8080")]
    [InlineData("cloud-shell (MSI_ENDPOINT)", "MSI_ENDPOINT", "http://localhost:50342/oauth2/token")]
    [InlineData("azure-arc (IDENTITY_ENDPOINT, IMDS_ENDPOINT)", "IMDS_ENDPOINT", "http://localhost:40342")]
    public void two_platforms_at_once(string other, string name, string value)
    {
        var finding = AssertOnly("conflicting-variables", Severity.Warning, Machine([.. App, (name, value)]));

        Assert.Contains(other, finding.Text, StringComparison.Ordinal);
        Assert.Contains("Keyless takes app-service", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void an_endpoint_where_nobody_listens()
    {
        var look = new EndpointLook { Problem = "nothing listens there" };

        var left = AssertOnly("silent-endpoint", Severity.Error, Machine(App) with { Look = look });
        var none = AssertOnly("silent-endpoint", Severity.Error, Machine() with { Look = look });
        var far = AssertOnly("silent-endpoint", Severity.Error, Machine(("IDENTITY_ENDPOINT", "https://identity.example"), App[1]) with { Look = look });

        Assert.Contains("left over from an emulator", left.Text, StringComparison.Ordinal);
        Assert.Contains("http://169.254.169.254: nothing listens there", none.Text, StringComparison.Ordinal);
        Assert.Contains("this machine reaches it", far.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void variables_of_an_earlier_start()
    {
        var finding = AssertOnly("stale-variables", Severity.Error, Machine(App) with { Emulators = [Emulator("another-secret")] });

        Assert.StartsWith("IDENTITY_HEADER is not what the emulator's host web takes", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", finding.Text, StringComparison.Ordinal);
        Assert.Empty(Doctor.Examine(Machine(App) with { Emulators = [Emulator(Header)] }));
    }

    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT")]
    [InlineData("DOTNET_ENVIRONMENT")]
    public void an_emulator_in_production(string stage)
    {
        var known = AssertOnly(
            "emulator-in-production", Severity.Error, Machine([.. App, (stage, "Production")]) with { Emulators = [Emulator(Header)] });
        var likely = AssertOnly("emulator-in-production", Severity.Error, Machine([.. App, (stage, "production")]));
        var imds = AssertOnly(
            "emulator-in-production", Severity.Error, Machine(("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:8080"), (stage, "Production")));

        Assert.Contains("leads to the emulator's host web", known.Text, StringComparison.Ordinal);
        Assert.Contains("nothing else shows that it is App Service", likely.Text, StringComparison.Ordinal);
        Assert.Contains("Unset AZURE_POD_IDENTITY_AUTHORITY_HOST", imds.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void a_platform_whose_own_endpoint_is_on_loopback_is_no_emulator_and_neither_is_development()
    {
        Assert.Empty(Doctor.Examine(Machine([.. App, ("DOTNET_ENVIRONMENT", "Production"), ("WEBSITE_SITE_NAME", "shop")])));
        Assert.Empty(Doctor.Examine(Machine([.. App, ("DOTNET_ENVIRONMENT", "Development")])));
        Assert.Empty(Doctor.Examine(Machine([.. Fabric, ("DOTNET_ENVIRONMENT", "Production"), ("Fabric_NodeName", "node1")])));
        Assert.Empty(Doctor.Examine(ArcMachine(DirectoryAccess.Readable, ("DOTNET_ENVIRONMENT", "Production"))));
    }

    [Fact]
    public void a_certificate_that_is_not_the_announced_one()
    {
        var finding = AssertOnly(
            "certificate-mismatch", Severity.Error, Machine(Fabric) with { Look = new EndpointLook { Thumbprints = [new string('A', 40), new string('B', 64)] } });

        Assert.Contains($"shows the certificate {new string('A', 40)}, but IDENTITY_SERVER_THUMBPRINT names {Thumbprint}", finding.Text, StringComparison.Ordinal);
        AssertOnly("certificate-mismatch", Severity.Error, Machine([App[0], .. Fabric[1..]]));
        AssertOnly("malformed-thumbprint", Severity.Error, Machine([.. Fabric[..2], ("IDENTITY_SERVER_THUMBPRINT", "1234")]));
    }

    [Fact]
    public void keys_of_azure_arc_that_cannot_be_read()
    {
        var missing = AssertOnly("arc-directory", Severity.Error, ArcMachine(DirectoryAccess.Missing));
        var closed = AssertOnly("arc-directory", Severity.Error, ArcMachine(DirectoryAccess.Closed, ("USER", "anna")));

        Assert.StartsWith("/keys, where the agent of Azure Arc leaves its keys, is not there.", missing.Text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal("Add this user to the group himds, then sign in anew: sudo usermod -aG himds anna", closed.Remedy);
    }

    [Theory]
    [InlineData("/.dockerenv", null)]
    [InlineData(null, "DOTNET_RUNNING_IN_CONTAINER")]
    public void a_container_without_a_way_to_the_link_local_address(string? file, string? variable)
    {
        const string Titles = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";
        const string Internal = "eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";
        const string Default = "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";
        const string LinkLocal = "eth0\t0000FEA9\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";

        AssertOnly("unreachable-link-local", Severity.Error, Container(Titles));
        AssertOnly("unreachable-link-local", Severity.Error, Container(Titles + Internal));
        Assert.Empty(Doctor.Examine(Container(Titles + Internal + Default)));
        Assert.Empty(Doctor.Examine(Container(Titles + LinkLocal)));
        Assert.Empty(Doctor.Examine(Container(Titles) with { Environment = Tool.Machine(App) }));

        Surroundings Container(string routes)
        {
            var files = new FakeFiles { Texts = { ["/proc/net/route"] = routes } };
            if (file is not null)
                files.Texts[file] = "";
            return Machine(variable is null ? [] : [(variable, "true")]) with { Files = files };
        }
    }

    [Fact]
    public void clocks_that_differ()
    {
        var much = AssertOnly("clock-difference", Severity.Error, Machine(App) with { Look = new EndpointLook { Date = Now.AddMinutes(-10) } });
        var little = AssertOnly("clock-difference", Severity.Warning, Machine(App) with { Look = new EndpointLook { Date = Now.AddMinutes(2) } });
        var moved = Emulator(Header) with { ClockOffset = TimeSpan.FromHours(25) };
        var emulator = AssertOnly("clock-difference", Severity.Warning, Machine() with { Emulators = [moved] });
        var harmless = AssertOnly(
            "clock-difference", Severity.Warning, Machine() with { Emulators = [moved with { TokensTellRealTime = true }] });
        var skewed = AssertOnly("clock-difference", Severity.Warning, Machine() with { Emulators = [Emulator(Header) with { Skew = "-10m" }] });

        Assert.StartsWith("This machine's clock is 10 min ahead of that of the endpoint.", much.Text, StringComparison.Ordinal);
        Assert.StartsWith("This machine's clock is 2 min behind that of the endpoint.", little.Text, StringComparison.Ordinal);
        Assert.Contains(
            "is 25 h ahead of this machine's. Its tokens may be taken for expired", emulator.Text, StringComparison.Ordinal);
        Assert.Contains("is 25 h ahead of this machine's. Its tokens tell the real time", harmless.Text, StringComparison.Ordinal);
        Assert.Contains("a time that is -10m off", skewed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void a_wrong_configuration()
    {
        var problem = new ConfigurationProblem(new ConfigurationOrigin(ConfigurationLayer.File, "keyless.json", 3, 7), "hosts[0].kind", "is \"vms\".");

        var finding = AssertOnly("invalid-configuration", Severity.Error, Machine() with { ConfigurationProblems = [problem] });

        Assert.Equal("keyless.json:3:7: hosts[0].kind is \"vms\".", finding.Text);
    }

    [Fact]
    public void ports_that_others_have()
    {
        var machine = Machine() with
        {
            Configuration = new EmulatorOptions { Hosts = [new() { Name = "web", Kind = HostKind.AppService, Port = 41234 }], AuthorityPort = 41235 },
            IsTaken = (_, port) => port == 41234,
        };

        var finding = AssertOnly("taken-port", Severity.Error, machine);

        Assert.StartsWith("The configuration gives port 41234 of 127.0.0.1 to the host web", finding.Text, StringComparison.Ordinal);
        Assert.Empty(Doctor.Examine(machine with { IsTaken = (_, _) => false }));
        Assert.Empty(Doctor.Examine(machine with { Emulators = [Emulator(Header)] }));
    }

    [Fact]
    public void a_host_that_cannot_work()
    {
        var emulator = Emulator(Header);
        var broken = emulator with { Hosts = [emulator.Hosts[0] with { Problem = "It cannot write key files." }] };

        AssertOnly("unusable-host", Severity.Note, Machine() with { Emulators = [broken] });
        AssertOnly("unusable-host", Severity.Error, Machine(App) with { Emulators = [broken] });
    }

    [Theory]
    [InlineData("AZURE_TENANT_ID", "AZURE_CLIENT_SECRET")]
    [InlineData("AZURE_TENANT_ID", "AZURE_CLIENT_CERTIFICATE_PATH")]
    [InlineData("AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE")]
    [InlineData("AZURE_USERNAME", "AZURE_PASSWORD")]
    public void another_identity_for_credential_chains(params string[] names)
    {
        (string, string)[] variables = [.. names.Select(name => (name, "something")), ("AZURE_CLIENT_ID", Guid.Empty.ToString())];

        var findings = Doctor.Examine(Machine(variables));

        Assert.Equal(["other-credentials", "unused-client-id"], findings.Select(finding => finding.Id), StringComparer.Ordinal);
        Assert.DoesNotContain("something", findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void an_identity_that_keyless_does_not_read()
    {
        var id = AssertOnly("unused-client-id", Severity.Warning, Machine(("AZURE_CLIENT_ID", "22b5f906-50cf-505e-8189-7f13b2c0befc")));
        var other = AssertOnly("unused-client-id", Severity.Warning, Machine(("AZURE_CLIENT_ID", "orders")));

        Assert.DoesNotContain("no GUID", id.Text, StringComparison.Ordinal);
        Assert.Contains("no GUID", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void a_choice_of_credentials_without_managed_identities()
    {
        AssertOnly("credential-choice", Severity.Warning, Machine(("AZURE_TOKEN_CREDENTIALS", "dev")));
        AssertOnly("credential-choice", Severity.Warning, Machine(("AZURE_TOKEN_CREDENTIALS", "AzureCliCredential")));
        Assert.Empty(Doctor.Examine(Machine(("AZURE_TOKEN_CREDENTIALS", "prod"))));
        Assert.Empty(Doctor.Examine(Machine(("AZURE_TOKEN_CREDENTIALS", "managedidentitycredential"))));
    }

    [Fact]
    public void a_proxy_that_others_would_use()
    {
        (string, string) proxy = ("http_proxy", "http://user:password@proxy.example:3128");

        var finding = AssertOnly("proxy-variables", Severity.Warning, Machine(proxy));

        Assert.Equal("Add 169.254.169.254 to NO_PROXY.", finding.Remedy);
        Assert.DoesNotContain("password", finding.Text, StringComparison.Ordinal);
        Assert.Empty(Doctor.Examine(Machine(proxy, ("NO_PROXY", "localhost, 169.254.169.254"))));
        Assert.Empty(Doctor.Examine(Machine(proxy, ("no_proxy", "*"))));
    }

    [Fact]
    public void a_machine_of_azure()
    {
        var machine = Machine() with { AzureEvidence = "a file is there" };

        AssertOnly("azure-host", Severity.Note, machine);
        AssertOnly("azure-host", Severity.Warning, machine with { Emulators = [Emulator(Header)] });
        AssertOnly("azure-host", Severity.Warning, machine with { Environment = Tool.Machine(("KEYLESS_ALLOW_IN_AZURE", "1")) });
    }

    [Fact]
    public void the_worst_comes_first()
    {
        var findings = Doctor.Examine(Machine(("AZURE_CLIENT_ID", "x"), ("MSI_SECRET", Header)) with { AzureEvidence = "a file is there" });

        Assert.Equal([Severity.Error, Severity.Warning, Severity.Note], findings.Select(finding => finding.Severity));
    }

    private static Surroundings Machine(params (string Name, string Value)[] variables) => new()
    {
        Environment = Tool.Machine(variables),
        Files = new FakeFiles(),
        Now = Now,
        Configuration = new EmulatorOptions(),
    };

    private static Surroundings ArcMachine(DirectoryAccess access, params (string Name, string Value)[] more) => Machine() with
    {
        Environment = new KeyedMachine(Arc.Concat(more).ToDictionary(each => each.Item1, each => each.Item2, StringComparer.Ordinal), "/keys"),
        Files = new FakeFiles { Access = access, Texts = { ["/etc/group"] = "root:x:0:\nhimds:x:998:\n" } },
    };

    private static KnownEmulator Emulator(string secret) => new(
        new Uri("http://127.0.0.1:5001/"),
        new Uri("http://127.0.0.1:5002/tenant/"),
        TimeSpan.Zero,
        TokensTellRealTime: false,
        "0s",
        [
            new KnownHost(
                "web",
                new Uri(App[0].Value),
                new Dictionary<string, string>(StringComparer.Ordinal) { ["IDENTITY_ENDPOINT"] = App[0].Value, ["IDENTITY_HEADER"] = secret },
                Problem: null),
        ]);

    private static Finding AssertOnly(string id, Severity severity, Surroundings machine)
    {
        var finding = Assert.Single(Doctor.Examine(machine));
        Assert.Equal((id, severity), (finding.Id, finding.Severity));
        Assert.NotEmpty(finding.Remedy);
        return finding;
    }
}
