using System.Text.Json;
using Keyless.Caching;
using Keyless.Testing;

namespace Keyless.Tests;

/// <summary>Nothing that the library hands out prints a secret: as text, as JSON, as part of something else.</summary>
public sealed class SecrecyTests
{
    private readonly Canary _token = new("access token");
    private readonly Canary _claims = new("claims");
    private readonly Canary _secret = new("identity header");

    [Fact]
    public void An_access_token()
    {
        var token = Token();

        Assert.Equal("Bearer token for https://vault.azure.net from Imds, expires 2026-10-18 12:00:00Z (text hidden)", token.ToString());
        AssertSilent(_token, token);
        Assert.Equal(_token.Value, token.Token);
        Assert.Equal($"Bearer {_token.Value}", token.Authorization.ToString());
        Assert.Contains("\"Resource\":\"https://vault.azure.net\"", JsonSerializer.Serialize(token), StringComparison.Ordinal);
    }

    [Fact]
    public void An_access_token_made_by_hand()
    {
        var token = new AccessToken(_token.Value, Samples.Now, Samples.Resource);

        AssertSilent(_token, token);
        Assert.Equal(
            (_token.Value, Samples.Now, Samples.Resource, "Bearer"),
            (token.Token, token.ExpiresOn, token.Resource, token.TokenType));
        Assert.Throws<ArgumentException>(() => new AccessToken("", Samples.Now));
        Assert.Throws<ArgumentNullException>(() => new AccessToken(null!, Samples.Now));
    }

    [Fact]
    public void No_access_token()
    {
        Assert.Equal("(no token)", default(AccessToken).ToString());
        Assert.Equal("", default(AccessToken).Token);
        Assert.Throws<InvalidOperationException>(() => default(AccessToken).Authorization);
        Assert.NotEmpty(JsonSerializer.Serialize(default(AccessToken)));
    }

    [Fact]
    public void Access_tokens_are_compared_by_their_text()
    {
        Assert.True(Token() == new AccessToken(_token.Value, Samples.Now.AddDays(1)));
        Assert.Equal(Token().GetHashCode(), new AccessToken(_token.Value, Samples.Now).GetHashCode());
        Assert.True(Token() != new AccessToken("other", Samples.Now));
        Assert.False(Token().Equals((object?)null));
        Assert.True(default(AccessToken) == default);
    }

    [Fact]
    public void A_request()
    {
        var request = new TokenRequest(Samples.Resource)
        {
            Claims = _claims.Value,
            RejectedToken = _token.Value,
            ForceRefresh = true,
            Identity = Samples.Identity(ManagedIdentityKind.ClientId),
        };

        Assert.Equal(
            $"token for https://vault.azure.net as the user-assigned identity with client id {Samples.ClientId}, forced, after a rejection",
            request.ToString());
        Assert.Equal("token for https://vault.azure.net", new TokenRequest(Samples.Resource).ToString());
        AssertSilent(_token, request);
        AssertSilent(_claims, request);
    }

    [Fact]
    public void A_result()
    {
        AssertSilent(_token, new TokenResult(Token()));
        Assert.True(new TokenResult(Token()).Succeeded);
        Assert.Equal(Token().ToString(), new TokenResult(Token()).ToString());

        var failure = new TokenFailure(FailureKind.TimedOut, "x");
        Assert.False(new TokenResult(failure).Succeeded);
        Assert.Equal(failure.ToString(), new TokenResult(failure).ToString());
        Assert.True(new TokenResult(failure) == new TokenResult(failure with { }));
        Assert.True(new TokenResult(failure) != new TokenResult(Token()));
        Assert.Throws<ArgumentNullException>(() => new TokenResult(null!));
    }

    // With a cause that was really thrown: its stack and its method are what serialisers stumble over.
    [Fact]
    public void A_failure_and_its_exception()
    {
        var failure = new TokenFailure(FailureKind.EndpointUnreachable, "x")
        {
            Cause = Thrown(),
            Identity = ManagedIdentity.SystemAssigned,
            Source = SourceKind.Imds,
        };

        var json = JsonSerializer.Serialize(failure);

        Assert.Contains("\"Message\":\"x\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("StackTrace", json, StringComparison.Ordinal);
        AssertSilent(_token, failure);
        AssertSilent(_token, new ManagedIdentityException(failure));
        Assert.Contains(failure.Cause.Message, new ManagedIdentityException(failure).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_and_machine()
    {
        var machine = MachineEnvironment.FromVariables(
        [
            new("IDENTITY_ENDPOINT", "http://127.0.0.1:1/"),
            new("IDENTITY_HEADER", _secret.Value),
            new("MSI_SECRET", _secret.Value),
        ]);
        var options = new ManagedIdentityOptions { Environment = machine, ClientCapabilities = ["cp1"] };

        AssertSilent(_secret, options);
        AssertSilent(_secret, machine);
        AssertSilent(_secret, SourceDetection.Detect(machine));
        foreach (var step in SourceDetection.Detect(machine).Steps)
            AssertSilent(_secret, step);
    }

    [Fact]
    public void The_insides()
    {
        var entry = new TokenEntry(_token.Value) { Resource = "r", ExpiresOn = Samples.Now, RefreshOn = Samples.Now };

        AssertSilent(_token, new FetchOutcome(entry, TokenOrigin.Cache, AcquisitionReason.None).ToResult());
        AssertSilent(_token, $"{(object)new FetchResult(entry, failure: null)}");
        _secret.AssertAbsentFrom(new Keyless.Sources.Secret(_secret.Value).ToString());
    }

    private static HttpRequestException Thrown()
    {
        try
        {
            throw new HttpRequestException("Connection refused (127.0.0.1:1)");
        }
        catch (HttpRequestException e)
        {
            return e;
        }
    }

    private static void AssertSilent(Canary canary, object value)
    {
        canary.AssertAbsentFrom(value.ToString(), $"{value}", new { Inside = value }.ToString());
        foreach (var serialised in new[] { value, new { Inside = value }, new[] { value } })
            canary.AssertAbsentFrom(Serialise(serialised));
    }

    // What can't be serialised at all can't leak by it.
    private static string Serialise(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value);
        }
        catch (NotSupportedException)
        {
            return "";
        }
    }

    private AccessToken Token() => new(
        new TokenEntry(_token.Value) { Resource = Samples.Resource, ExpiresOn = Samples.Now, RefreshOn = Samples.Now },
        TokenOrigin.Endpoint,
        AcquisitionReason.NoCachedToken);
}
