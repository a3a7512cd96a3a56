namespace Keyless.Tests;

public sealed class FailureGuideTests
{
    // The codes of the reference, by kind; whoever changes one changes what callers match on.
    private static readonly Dictionary<FailureKind, (string Code, bool Transient)> Expected = new()
    {
        [FailureKind.InvalidEndpoint] = ("invalid_managed_identity_endpoint", false),
        [FailureKind.InsecureEndpoint] = ("invalid_managed_identity_endpoint", false),
        [FailureKind.InvalidConfiguration] = ("managed_identity_request_failed", false),
        [FailureKind.IdentityNotSupported] = ("user_assigned_managed_identity_not_supported", false),
        [FailureKind.IdentityNotConfigurable] = ("user_assigned_managed_identity_not_configurable_at_runtime", false),
        [FailureKind.IdentityKindNotSupported] = ("invalid_managed_identity_id_type", false),
        [FailureKind.NoManagedIdentity] = ("managed_identity_unreachable_network", false),
        [FailureKind.EndpointUnreachable] = ("managed_identity_unreachable_network", true),
        [FailureKind.ConnectionLost] = ("managed_identity_unreachable_network", true),
        [FailureKind.CertificateRefused] = ("managed_identity_unreachable_network", false),
        [FailureKind.TimedOut] = ("request_timeout", true),
        [FailureKind.Throttled] = ("managed_identity_request_failed", true),
        [FailureKind.EndpointUnavailable] = ("managed_identity_request_failed", true),
        [FailureKind.IdentityNotFound] = ("managed_identity_request_failed", false),
        [FailureKind.IdentityAmbiguous] = ("managed_identity_request_failed", false),
        [FailureKind.ResourceNotFound] = ("managed_identity_request_failed", false),
        [FailureKind.AccessDenied] = ("managed_identity_request_failed", false),
        [FailureKind.RequestRefused] = ("managed_identity_request_failed", false),
        [FailureKind.NotAnEndpoint] = ("managed_identity_request_failed", false),
        [FailureKind.InvalidResponse] = ("managed_identity_response_parse_failure", false),
        [FailureKind.InvalidExpiry] = ("invalid_timestamp_format", false),
        [FailureKind.TokenExpired] = ("invalid_token_provider_response_value", true),
        [FailureKind.WrongIdentity] = ("user_assigned_managed_identity_not_confirmed", false),
        [FailureKind.RejectedTokenReturned] = ("managed_identity_request_failed", true),
        [FailureKind.ArcChallengeRefused] = ("managed_identity_request_failed", false),
        [FailureKind.ArcKeyUnreadable] = ("managed_identity_request_failed", false),
    };

    [Fact]
    public void Every_kind_has_its_place_in_order() =>
        Assert.Equal(Enum.GetValues<FailureKind>(), FailureGuide.All.Select(guide => guide.Kind));

    [Fact]
    public void Every_kind_has_its_code_and_its_nature() =>
        Assert.Equal(
            Enum.GetValues<FailureKind>().Select(kind => (kind, Expected[kind])),
            FailureGuide.All.Select(guide => (guide.Kind, (guide.ErrorCode, guide.IsTransient))));

    [Fact]
    public void Every_kind_has_a_meaning_and_a_cure_in_whole_sentences()
    {
        foreach (var guide in FailureGuide.All)
        {
            Assert.EndsWith(".", guide.Meaning, StringComparison.Ordinal);
            Assert.Matches(@"[.)]$", guide.Cure);
            Assert.False(guide.Meaning == guide.Cure);
            Assert.Same(guide, FailureGuide.For(guide.Kind));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(26)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void There_is_no_guide_to_a_kind_that_is_none(int kind) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FailureGuide.For((FailureKind)kind));

    [Fact]
    public void A_failure_takes_over_what_the_guide_says_of_its_kind()
    {
        foreach (var guide in FailureGuide.All)
        {
            var failure = new TokenFailure(guide.Kind, "It happened.");

            Assert.Equal((guide.ErrorCode, guide.IsTransient, guide.Cure), (failure.ErrorCode, failure.IsTransient, failure.NextStep));
            Assert.False(failure.IsFallbackSafe);
        }
    }
}
