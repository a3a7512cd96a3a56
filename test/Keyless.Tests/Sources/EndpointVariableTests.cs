using Keyless.Sources;

namespace Keyless.Tests.Sources;

/// <summary>
/// Every way in which an endpoint variable can be wrong, and what the error says: the variable, its value, what to do; never a secret beside it.
/// </summary>
public sealed class EndpointVariableTests
{
    public static TheoryData<SourceKind, string> EndpointVariables() => new()
    {
        { SourceKind.AppService, "IDENTITY_ENDPOINT" },
        { SourceKind.ServiceFabric, "IDENTITY_ENDPOINT" },
        { SourceKind.AzureArc, "IDENTITY_ENDPOINT" },
        { SourceKind.MachineLearning, "MSI_ENDPOINT" },
        { SourceKind.CloudShell, "MSI_ENDPOINT" },
        { SourceKind.Imds, "AZURE_POD_IDENTITY_AUTHORITY_HOST" },
    };

    [Theory]
    [MemberData(nameof(EndpointVariables))]
    public void A_wrong_value_is_reported_with_its_variable(SourceKind source, string variable)
    {
        string[] wrong =
        [
            " ", "\t", "127.0.0.1", "127.0.0.1:41234/msi/token", "localhost:41234/msi/token", "/msi/token", "/run/msi.sock", "msi/token",
            "http:", "http:/127.0.0.1/", "http://", "http:///msi/token", "://127.0.0.1", "http://127.0.0.1:99999/", "http://127.0.0.1:port/",
            "http://[::1/", "http://exa mple/", "foo://127.0.0.1/msi", "ftp://127.0.0.1/", "file:///msi/token", "unix:///run/msi.sock",
            "net.tcp://127.0.0.1/", "ws://127.0.0.1/", "urn:msi:token", @"C:\msi\token", @"\\server\share",
            "{\"url\":\"http://127.0.0.1/\"}", "%IDENTITY_ENDPOINT%", "${IDENTITY_ENDPOINT}",
        ];
        foreach (var value in wrong)
        {
            var failure = Failure(source, variable, value);

            Assert.True(failure.Kind == FailureKind.InvalidEndpoint, $"'{value}' was taken for {failure.Kind}");
            Assert.Equal("invalid_managed_identity_endpoint", failure.ErrorCode);
            Assert.Equal(source, failure.Source);
            Assert.False(failure.IsTransient);
            Assert.StartsWith(variable + " ", failure.Message, StringComparison.Ordinal);
            Assert.Contains(value.Replace('\t', '\uFFFD'), failure.Message, StringComparison.Ordinal);
            Assert.Contains(variable, failure.NextStep, StringComparison.Ordinal);
            Assert.DoesNotContain(Samples.Secret, failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(EndpointVariables))]
    public void A_public_host_over_plain_http_is_refused(SourceKind source, string variable)
    {
        string[] hosts =
        [
            "example.com", "10.0.0.4", "172.17.0.1", "192.168.1.1", "100.64.0.1", "169.253.255.255", "169.255.0.1", "0.0.0.0", "128.0.0.1",
            "8.8.8.8",
            "[2001:db8::1]", "[fd00::1]", "[fc00::1]", "[::]", "[::ffff:8.8.8.8]", "[::ffff:10.0.0.4]", "[ff02::1]", "[64:ff9b::7f00:1]",
            "127.0.0.1.example.com", "169.254.169.254.example.com", "localhost.example.com", "mylocalhost", "host.docker.internal",
        ];
        foreach (var host in hosts)
        {
            var failure = Failure(source, variable, $"http://{host}:8080/msi/token");

            if (source == SourceKind.ServiceFabric)
            {
                Assert.Equal(FailureKind.InvalidEndpoint, failure.Kind);
                continue;
            }

            Assert.True(failure.Kind == FailureKind.InsecureEndpoint, $"'{host}' was taken for {failure.Kind}");
            Assert.Equal("invalid_managed_identity_endpoint", failure.ErrorCode);
            Assert.Contains(variable, failure.Message, StringComparison.Ordinal);
            Assert.Contains(host, failure.Message, StringComparison.Ordinal);
            Assert.Contains("PlainHttpHosts", failure.NextStep, StringComparison.Ordinal);
            Assert.DoesNotContain(Samples.Secret, failure.ToString(), StringComparison.Ordinal);
        }
    }

    // A name under .localhost is local by convention, but a resolver that does not know the convention asks the network.
    [Fact]
    public void A_name_under_localhost_is_only_as_local_as_the_resolver_thinks() =>
        Assert.Equal(
            FailureKind.InsecureEndpoint,
            Failure(SourceKind.AppService, "IDENTITY_ENDPOINT", "http://emulator.localhost:8080/").Kind);

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("127.1")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("169.254.131.7")]
    [InlineData("[::1]")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[febf::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:169.254.169.254]")]
    public void Loopback_and_link_local_hosts_may_be_spoken_to_over_plain_http(string host)
    {
        foreach (var row in EndpointVariables())
        {
            var (source, variable) = (row.Data.Item1, row.Data.Item2);
            if (source == SourceKind.ServiceFabric)
                continue;
            var machine = Samples.Machine(source);
            machine[variable] = $"http://{host}:8080/";

            Assert.Equal(8080, Samples.Connect(machine).Endpoint.Port);
        }
    }

    [Theory]
    [MemberData(nameof(EndpointVariables))]
    public void Any_host_may_be_spoken_to_over_https(SourceKind source, string variable)
    {
        var machine = Samples.Machine(source);
        machine[variable] = "HTTPS://identity.example:8443/token";

        Assert.Equal("https://identity.example:8443", Samples.Connect(machine).Endpoint.GetLeftPart(UriPartial.Authority));
    }

    [Theory]
    [InlineData("http://identity.internal:8080/", "identity.internal")]
    [InlineData("http://IDENTITY.internal:8080/", "Identity.INTERNAL")]
    [InlineData("http://172.17.0.1/", "172.17.0.1")]
    [InlineData("http://[fd00::1]:8080/", "fd00::1")]
    [InlineData("http://[fd00::1]:8080/", "[fd00::1]")]
    [InlineData("http://[fd00:0:0:0:0:0:0:1]:8080/", "fd00::1")]
    [InlineData("http://bücher.example/", "bücher.example")]
    [InlineData("http://bücher.example/", "xn--bcher-kva.example")]
    [InlineData("http://second.internal/", "first.internal", "second.internal")]
    public void A_host_on_the_list_may_be_spoken_to_over_plain_http(string endpoint, params string[] hosts)
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_ENDPOINT"] = endpoint;

        Assert.Equal(new Uri(endpoint), Samples.Connect(machine, hosts).Endpoint);
    }

    [Theory]
    [InlineData("http://sub.identity.internal/")]
    [InlineData("http://identity.internal.example/")]
    [InlineData("http://identity/")]
    public void The_list_takes_whole_names(string endpoint)
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_ENDPOINT"] = endpoint;

        Assert.Equal(FailureKind.InsecureEndpoint, Samples.FailureOf(() => Samples.Connect(machine, "identity.internal")).Kind);
    }

    [Fact]
    public void Service_Fabric_is_not_spoken_to_over_plain_http_whatever_the_list_says()
    {
        var machine = Samples.Machine(SourceKind.ServiceFabric);
        machine["IDENTITY_ENDPOINT"] = "http://localhost:2377/metadata/identity/oauth2/token";

        var failure = Samples.FailureOf(() => Samples.Connect(machine, "localhost"));

        Assert.Equal(FailureKind.InvalidEndpoint, failure.Kind);
        Assert.Contains("https", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cure_shows_an_address_of_the_right_kind()
    {
        Assert.Contains(
            "https://localhost:2377/",
            Failure(SourceKind.ServiceFabric, "IDENTITY_ENDPOINT", "x").NextStep,
            StringComparison.Ordinal);
        Assert.Contains("localhost:40342", Failure(SourceKind.AzureArc, "IDENTITY_ENDPOINT", "x").NextStep, StringComparison.Ordinal);
        Assert.Contains("localhost:50342", Failure(SourceKind.CloudShell, "MSI_ENDPOINT", "x").NextStep, StringComparison.Ordinal);
        Assert.Contains("/msi/token", Failure(SourceKind.AppService, "IDENTITY_ENDPOINT", "x").NextStep, StringComparison.Ordinal);
        Assert.Contains(
            "http://127.0.0.1:8080",
            Failure(SourceKind.Imds, "AZURE_POD_IDENTITY_AUTHORITY_HOST", "x").NextStep,
            StringComparison.Ordinal);
    }

    private static TokenFailure Failure(SourceKind source, string variable, string value)
    {
        var machine = Samples.Machine(source);
        machine[variable] = value;
        return Samples.FailureOf(() => Samples.Connect(machine));
    }
}
