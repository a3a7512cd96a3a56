using System.Globalization;
using System.Net;

namespace Keyless.Tests;

public sealed class FailureTextTests
{
    private static readonly TokenFailure Full = new(FailureKind.EndpointUnavailable, "IMDS can't answer now (status 503).")
    {
        Source = SourceKind.Imds,
        Endpoint = "http://169.254.169.254/metadata/identity/oauth2/token",
        Resource = Samples.Resource,
        Identity = ManagedIdentity.SystemAssigned,
        StatusCode = HttpStatusCode.ServiceUnavailable,
        HostErrorCode = "unknown",
        HostMessage = "Service is starting.",
        HostCorrelationId = "host-1",
        CorrelationId = Samples.CorrelationId,
        Attempts = 4,
        Elapsed = TimeSpan.FromSeconds(7.25),
        RetryAfter = TimeSpan.FromSeconds(12),
    };

    [Fact]
    public void A_failure_says_what_happened_what_is_known_and_what_to_do() => Assert.Equal(
        "[Managed Identity] IMDS can't answer now (status 503). The host says: Service is starting. "
        + "(EndpointUnavailable, managed_identity_request_failed; IMDS at http://169.254.169.254/metadata/identity/oauth2/token; "
        + "status 503; host error unknown; 4 attempts in 7.3 s; retry after 12 s; host correlation id host-1; "
        + "correlation id c0ffee00-1111-4222-8333-444455556666) "
        + "What to do: Try again later. If it persists, quote the host's correlation id to its support.",
        Full.ToString());

    [Fact]
    public void What_is_not_known_is_left_out() => Assert.Equal(
        "[Managed Identity] It timed out. (TimedOut, request_timeout) "
        + "What to do: Try again, or give a longer timeout; the message says how the time was spent.",
        new TokenFailure(FailureKind.TimedOut, "It timed out.").ToString());

    [Fact]
    public void One_attempt_is_one() =>
        Assert.Contains("; 1 attempt in 7.3 s;", (Full with { Attempts = 1 }).ToString(), StringComparison.Ordinal);

    [Fact]
    public void What_the_host_says_is_not_said_twice() =>
        Assert.DoesNotContain("The host says", (Full with { HostMessage = "can't answer now" }).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void The_text_is_the_same_in_every_culture(string culture)
    {
        var expected = Full.ToString();
        using var _ = new CultureScope(culture);

        Assert.Equal(expected, Full.ToString());
        Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
    }

    [Fact]
    public void An_exception_is_its_failure()
    {
        var cause = new HttpRequestException("Connection refused");
        var failure = Full with { Cause = cause, IsFallbackSafe = true };

        var exception = new ManagedIdentityException(failure);

        Assert.Equal(failure.ToString(), exception.Message);
        Assert.Same(failure, exception.Failure);
        Assert.Same(cause, exception.InnerException);
        Assert.Equal(
            (failure.Kind, failure.ErrorCode, failure.Source, failure.StatusCode),
            (exception.Kind, exception.ErrorCode, exception.Source, exception.StatusCode));
        Assert.Equal(
            (failure.IsTransient, failure.IsFallbackSafe, failure.RetryAfter),
            (exception.IsTransient, exception.IsFallbackSafe, exception.RetryAfter));
        Assert.Equal(
            (failure.CorrelationId, failure.HostCorrelationId, failure.Attempts, failure.Elapsed, failure.NextStep),
            (exception.CorrelationId, exception.HostCorrelationId, exception.Attempts, exception.Elapsed, exception.NextStep));
        Assert.Throws<ArgumentNullException>(() => new ManagedIdentityException(null!));
    }

    [Fact]
    public void A_failure_needs_a_message_and_a_kind_that_exists()
    {
        Assert.Throws<ArgumentNullException>(() => new TokenFailure(FailureKind.TimedOut, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenFailure((FailureKind)99, "x"));
    }
}
