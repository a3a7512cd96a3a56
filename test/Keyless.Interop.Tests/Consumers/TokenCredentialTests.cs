using Azure.Core;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests.Consumers;

/// <summary>What the Azure SDK asks of a credential, Keyless can give.</summary>
public sealed class TokenCredentialTests : IAsyncLifetime
{
    private ManagedIdentityEmulator? _emulator;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds], ReuseTokens = false }, Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
            await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task a_token_comes_with_the_times_at_which_it_expires_and_is_to_be_renewed()
    {
        var token = await NewCredential().GetTokenAsync(ContextOf(), Cancellation);

        var claims = new Claims(token.Token);
        Assert.Equal((EmulatedPlatforms.Vault, "Bearer"), (claims["aud"], token.TokenType));
        Assert.Equal(claims.ExpiresOn, token.ExpiresOn.ToUnixTimeSeconds());
        Assert.InRange(token.RefreshOn!.Value, DateTimeOffset.UtcNow.AddHours(1), token.ExpiresOn.AddMinutes(-5));
    }

    [Fact]
    public async Task a_claims_challenge_brings_another_token_and_nothing_else_does()
    {
        var credential = NewCredential();

        var first = await credential.GetTokenAsync(ContextOf(), Cancellation);
        var again = await credential.GetTokenAsync(ContextOf(), Cancellation);
        var challenged = await credential.GetTokenAsync(ContextOf("""{"access_token":{"nbf":{"essential":true}}}"""), Cancellation);
        var then = await credential.GetTokenAsync(ContextOf(), Cancellation);

        Assert.Equal(first.Token, again.Token);
        Assert.NotEqual(first.Token, challenged.Token);
        Assert.Equal(challenged.Token, then.Token);
        Assert.Equal(2, _emulator!.Journal.Entries.Count);
    }

    [Fact]
    public void a_synchronous_call_does_the_same()
    {
        var credential = NewCredential();

        var first = credential.GetToken(ContextOf(), Cancellation);
        var challenged = credential.GetToken(ContextOf("""{"access_token":{"nbf":{"essential":true}}}"""), Cancellation);

        Assert.Equal(EmulatedPlatforms.Vault, new Claims(first.Token)["aud"]);
        Assert.NotEqual(first.Token, challenged.Token);
    }

    [Fact]
    public async Task a_cancelled_call_asks_nobody()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewCredential().GetTokenAsync(ContextOf(), cancelled).AsTask());

        Assert.Empty(_emulator!.Journal.Entries);
    }

    [Fact]
    public void a_cancelled_synchronous_call_asks_nobody()
    {
        var cancelled = new CancellationToken(canceled: true);

        Assert.ThrowsAny<OperationCanceledException>(() => NewCredential().GetToken(ContextOf(), cancelled));

        Assert.Empty(_emulator!.Journal.Entries);
    }

    private static TokenRequestContext ContextOf(string? claims = null) => new([$"{EmulatedPlatforms.Vault}/.default"], claims: claims);

    // Its requests are counted: however slow the machine is, none is given up and made again.
    private KeylessTokenCredential NewCredential() => new(new ManagedIdentityClient(new ManagedIdentityOptions
    {
        Environment = _emulator![SourceKind.Imds].Environment,
        Cache = new TokenCache(),
        Timeout = TimeSpan.FromMinutes(5),
        AttemptTimeout = TimeSpan.FromMinutes(5),
    }));
}
