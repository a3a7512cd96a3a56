using System.Globalization;
using Keyless.Caching;
using Keyless.Pipeline;
using Keyless.Sources;
using Keyless.Testing;
using Microsoft.Extensions.Logging;

namespace Keyless.Tests.Pipeline;

public sealed class EntryBuilderTests : IDisposable
{
    private const string Token = "opaque-token-0123456789";

    private readonly FakeClock _time = new(Samples.Now);
    private readonly LogRecorder _log = new();
    private double _random;

    public void Dispose() => _log.Dispose();

    [Fact]
    public void An_entry_holds_what_the_answer_and_the_request_say()
    {
        var entry = Build(new TokenResponse { AccessToken = Token, TokenType = "Bearer", ExpiresIn = "86400" });

        Assert.Equal((Token, "Bearer", Samples.Resource), (entry.Token, entry.TokenType, entry.Resource));
        Assert.Equal($"Bearer {Token}", entry.Authorization.ToString());
        Assert.Equal(Samples.Now.AddDays(1), entry.ExpiresOn);
        Assert.Equal(Samples.Now.AddHours(12), entry.RefreshOn);
        Assert.Equal(Samples.Now.AddDays(1).AddSeconds(-30), entry.ServedUntil);
        Assert.Equal((SourceKind.AppService, "http://127.0.0.1:41234/msi/token"), (entry.Source, entry.Endpoint!.AbsoluteUri));
        Assert.Equal((TimeSpan.FromSeconds(2), Samples.CorrelationId), (entry.AcquiredIn, entry.CorrelationId));
    }

    [Theory]
    [InlineData(null, "Bearer")]
    [InlineData("", "Bearer")]
    [InlineData("  ", "Bearer")]
    [InlineData("Bearer", "Bearer")]
    [InlineData("bearer", "Bearer")]
    [InlineData("BEARER", "Bearer")]
    [InlineData("mtls_pop", "mtls_pop")]
    [InlineData("DPoP", "DPoP")]
    [InlineData("Bear er", "Bearer")]
    [InlineData("x\r\nX-Evil: 1", "Bearer")]
    [InlineData("schön", "Bearer")]
    public void The_type_is_fit_for_a_header(string? type, string expected) =>
        Assert.Equal(expected, Build(new TokenResponse { AccessToken = Token, TokenType = type, ExpiresIn = "3600" }).TokenType);

    [Theory]
    [InlineData("90000", 90_000, false)]
    [InlineData("90001", 90_000, true)]
    [InlineData("31536000", 90_000, true)]
    [InlineData("1e300", 90_000, true)]
    [InlineData("1", 1, false)]
    public void A_life_of_more_than_a_day_and_an_hour_is_cut_and_reported(string expiresIn, int seconds, bool reported)
    {
        var entry = Build(new TokenResponse { AccessToken = Token, ExpiresIn = expiresIn });

        Assert.Equal(Samples.Now.AddSeconds(seconds), entry.ExpiresOn);
        Assert.Equal(reported, _log.Entries.Any(logged => logged.Level == LogLevel.Warning));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-1e300")]
    public void A_token_that_has_expired_is_no_token(string expiresIn) =>
        AssertExpired(new TokenResponse { AccessToken = Token, ExpiresIn = expiresIn });

    [Theory]
    [InlineData("1792324799")]
    [InlineData("1792324800")]
    [InlineData("9/14/2017 12:00:00 PM +00:00")]
    public void A_token_whose_instant_has_passed_is_no_token_whatever_its_duration_says(string expiresOn) =>
        AssertExpired(new TokenResponse { AccessToken = Token, ExpiresOn = expiresOn, ExpiresIn = "3600" });

    [Fact]
    public void A_token_that_came_without_expiry_is_no_token()
    {
        var failure = Fail(new TokenResponse { AccessToken = Token });

        Assert.Equal((FailureKind.InvalidExpiry, "managed_identity_request_failed"), (failure.Kind, failure.ErrorCode));
        Assert.Contains("without expires_on and expires_in", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tomorrow", null, "tomorrow")]
    [InlineData(null, "an hour", "an hour")]
    [InlineData("tomorrow", "an hour", "tomorrow")]
    [InlineData("18/10/2026 19:51:37", null, "18/10/2026 19:51:37")]
    public void An_expiry_in_no_known_form_is_shown(string? expiresOn, string? expiresIn, string shown)
    {
        var failure = Fail(new TokenResponse { AccessToken = Token, ExpiresOn = expiresOn, ExpiresIn = expiresIn });

        Assert.Equal((FailureKind.InvalidExpiry, "invalid_timestamp_format"), (failure.Kind, failure.ErrorCode));
        Assert.Contains($"'{shown}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Token)]
    [InlineData(Samples.Secret)]
    [InlineData("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln")]
    [InlineData("two\nlines")]
    public void What_stands_in_place_of_an_expiry_is_cleaned_first(string expiresOn)
    {
        var text = Fail(new TokenResponse { AccessToken = Token, ExpiresOn = expiresOn }).ToString();

        Assert.DoesNotContain(expiresOn, text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, char.IsControl);
    }

    [Theory]
    [InlineData("1800", 0.0, 1_800)]
    [InlineData("1800", 0.5, 1_620)]
    [InlineData("0", 0.0, 2_700)]
    [InlineData("nonsense", 0.0, 2_700)]
    [InlineData("86400", 0.0, 2_700)]
    [InlineData(null, 0.0, 2_700)]
    [InlineData(null, 0.5, 2_520)]
    public void The_renewal_is_when_the_host_says_and_else_by_the_schedule(string? refreshIn, double random, int seconds)
    {
        _random = random;

        Assert.Equal(
            Samples.Now.AddSeconds(seconds),
            Build(new TokenResponse { AccessToken = Token, ExpiresIn = "3600", RefreshIn = refreshIn }).RefreshOn);
    }

    // A renewal after the time of serving would let the hit path hand out what must not be handed out any more.
    [Fact]
    public void The_renewal_is_never_later_than_the_serving()
    {
        var entry = Build(new TokenResponse { AccessToken = Token, ExpiresIn = "3600", RefreshIn = "3599" });

        Assert.Equal(Samples.Now.AddSeconds(3_570), entry.ServedUntil);
        Assert.Equal(entry.ServedUntil, entry.RefreshOn);
        _time.Set(entry.ServedUntil);
        Assert.False(new CacheClock(_time).IsFresh(entry));
    }

    [Fact]
    public void The_identity_is_verified_unless_that_is_switched_off()
    {
        var response = new TokenResponse { AccessToken = Token, ExpiresIn = "3600", ClientId = Samples.OtherId };
        var asked = Samples.Identity(ManagedIdentityKind.ClientId);

        Assert.Equal(FailureKind.WrongIdentity, Fail(response, asked).Kind);
        Assert.Empty(_log.Entries);
        Assert.Equal(Token, Build(response, asked, verify: false).Token);
        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Entries).Level);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    public void Texts_are_the_same_in_every_culture(string culture)
    {
        var expected = Fail(new TokenResponse { AccessToken = Token, ExpiresOn = "978307200" }).Message;
        using var _ = new CultureScope(culture);

        Assert.Equal(expected, Fail(new TokenResponse { AccessToken = Token, ExpiresOn = "978307200" }).Message);
        Assert.Contains("2001-01-01 00:00:00Z", expected, StringComparison.Ordinal);
        Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
    }

    private void AssertExpired(TokenResponse response)
    {
        var failure = Fail(response);

        Assert.Equal(
            (FailureKind.TokenExpired, "invalid_token_provider_response_value", true),
            (failure.Kind, failure.ErrorCode, failure.IsTransient));
        Assert.Contains("2026-10-18 12:00:00Z", failure.Message, StringComparison.Ordinal);
    }

    private TokenEntry Build(TokenResponse response, ManagedIdentity? identity = null, bool verify = true)
    {
        var entry = Build(response, identity, verify, out var failure);
        Assert.Null(failure);
        return entry!;
    }

    private TokenFailure Fail(TokenResponse response, ManagedIdentity? identity = null)
    {
        Assert.Null(Build(response, identity, verify: true, out var failure));
        return failure!;
    }

    private TokenEntry? Build(TokenResponse response, ManagedIdentity? identity, bool verify, out TokenFailure? failure)
    {
        var settings = new PipelineSettings
        {
            Time = _time,
            Random = () => _random,
            Logger = _log.CreateLogger("test"),
            Transport = new EndpointTransport(handler: null, pinnedHandlerFactory: null),
            Gates = new EndpointGates(),
            Limits = new TimeLimits(chosen: null, TimeSpan.FromSeconds(10)),
            ExpirySkew = TimeSpan.FromSeconds(30),
            VerifyIdentity = verify,
        };
        var query = new TokenQuery(identity ?? ManagedIdentity.SystemAssigned, Samples.Resource) { CorrelationId = Samples.CorrelationId };
        return new EntryBuilder(settings).Build(
            response,
            Samples.Connect(SourceKind.AppService),
            query,
            TimeSpan.FromSeconds(2),
            key: null,
            out failure);
    }
}
