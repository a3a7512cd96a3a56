using Keyless.Emulator.Fleet;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Tests.Support;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Tests.Tokens;

public sealed class TokenShelfTests
{
    private readonly EmulatorClock _clock = new(TimeProvider.System);
    private readonly EmulatorOptions _options = new();
    private readonly TenantDirectory _directory;
    private readonly TokenShelf _shelf;

    public TokenShelfTests()
    {
        _directory = new TenantDirectory(FleetPlan.Of(_options).Directory);
        var minter = new TokenMinter(_directory, new Issuers(IssuerProfile.Local), new TokenIds(_clock), _clock, () => _options);
        _shelf = new TokenShelf(minter, new KeyRing(_clock), _clock, reuse: true);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_kept_token_is_found_without_allocating()
    {
        var wish = Wish(HostCalls.Vault);
        var first = await _shelf.TakeAsync(wish, Ct);
        Take(wish, 100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var last = Take(wish, 1000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Same(first, last);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task the_shelf_does_not_grow_without_end()
    {
        var first = await _shelf.TakeAsync(Wish(HostCalls.Vault), Ct);
        for (var number = 0; number < 1024; number++)
            await _shelf.TakeAsync(Wish($"api://{number}"), Ct);

        Assert.NotSame(first, await _shelf.TakeAsync(Wish(HostCalls.Vault), Ct));
    }

    [Fact]
    public async Task a_changed_token_is_never_kept()
    {
        var changed = await _shelf.TakeAsync(Wish(HostCalls.Vault) with { Change = new TokenChange { Flaw = TokenFlaw.Expired } }, Ct);
        var usual = await _shelf.TakeAsync(Wish(HostCalls.Vault), Ct);
        var again = await _shelf.TakeAsync(Wish(HostCalls.Vault) with { Change = new TokenChange() }, Ct);

        Assert.NotSame(changed, usual);
        Assert.NotSame(usual, again);
        Assert.Same(usual, await _shelf.TakeAsync(Wish(HostCalls.Vault), Ct));
    }

    private IssuedToken? Take(TokenWish wish, int times)
    {
        IssuedToken? token = null;
        for (var time = 0; time < times; time++)
        {
#pragma warning disable VSTHRD002, VSTHRD103, CA2012 // It is complete.
            var taken = _shelf.TakeAsync(wish, CancellationToken.None);
            Assert.True(taken.IsCompletedSuccessfully);
#pragma warning disable VSTHRD002, VSTHRD103, CA2012 // It is complete.
            token = taken.Result;
#pragma warning restore VSTHRD002, VSTHRD103, CA2012
        }

        return token;
    }

    private TokenWish Wish(string resource) => new(
        _directory.DefaultTenant, new ManagedIdentitySubject(_directory.Content.Identities[^1].Identity, hostResourceId: null), resource);
}
