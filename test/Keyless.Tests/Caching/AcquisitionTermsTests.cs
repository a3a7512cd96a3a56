using Keyless.Acquisition;
using Keyless.Caching;

namespace Keyless.Tests.Caching;

public sealed class AcquisitionTermsTests
{
    private const string Canary = "t0ken-canary";

    [Theory]
    [InlineData(false, false, null, true)]
    [InlineData(true, false, null, false)]
    [InlineData(false, true, null, false)]
    [InlineData(false, false, Canary, false)]
    public void Only_a_request_without_conditions_is_plain(bool force, bool claims, string? rejected, bool plain) =>
        Assert.Equal(plain, new AcquisitionTerms(force, claims, rejected).IsPlain);

    [Fact]
    public void No_text_of_them_holds_the_rejected_token()
    {
        var terms = new AcquisitionTerms(Force: false, AfterClaims: true, Canary);
        var request = new AcquisitionRequest(Samples.Resource, ManagedIdentity.SystemAssigned, terms, correlationId: null);

        Assert.DoesNotContain(Canary, terms.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, $"{(object)request}", StringComparison.Ordinal);
    }
}
