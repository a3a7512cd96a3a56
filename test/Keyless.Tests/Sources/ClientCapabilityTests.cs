using Keyless.Pipeline;
using Keyless.Sources;

namespace Keyless.Tests.Sources;

/// <summary>Client capabilities and the hash of a rejected token go to Service Fabric and to nobody else.</summary>
public sealed class ClientCapabilityTests
{
    private const string TestTokenHash = "cc0af97287543b65da2c7e1476426021826cab166f1e063ed012b855ff819656";

    [Fact]
    public void The_hash_of_a_rejected_token_is_lower_case_hexadecimal_SHA_256() =>
        Assert.Equal(TestTokenHash, EndpointFetch.Hash("test_token"));

    [Fact]
    public void Service_Fabric_is_sent_both()
    {
        var plain = RequestText.Query(ManagedIdentity.SystemAssigned);
        var query = plain with { Capabilities = ["cp1", "cp2"], RejectedTokenHash = TestTokenHash };

        Assert.Equal(
            $"?api-version=2020-05-01&resource=https%3A%2F%2Fvault.azure.net&xms_cc=cp1%2Ccp2&token_sha256_to_refresh={TestTokenHash}",
            RequestText.Describe(Samples.Machine(SourceKind.ServiceFabric), query).Uri.Query);
    }

    [Fact]
    public void Service_Fabric_is_sent_them_behind_the_identity()
    {
        var query = RequestText.Query(Samples.Identity(ManagedIdentityKind.ObjectId)) with { Capabilities = ["cp1"] };

        Assert.EndsWith(
            $"&principalId={Samples.ObjectId}&xms_cc=cp1",
            RequestText.Describe(Samples.Machine(SourceKind.ServiceFabric), query).Uri.Query,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.AzureArc)]
    [InlineData(SourceKind.CloudShell)]
    [InlineData(SourceKind.MachineLearning)]
    public void The_other_sources_are_sent_neither(SourceKind source)
    {
        var plain = RequestText.Query(ManagedIdentity.SystemAssigned);
        var full = plain with { Capabilities = ["cp1"], RejectedTokenHash = TestTokenHash };

        Assert.Equal(
            RequestText.Of(RequestText.Describe(Samples.Machine(source), plain)),
            RequestText.Of(RequestText.Describe(Samples.Machine(source), full)));
    }
}
