using System.Text.Json;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Keys;

public sealed class KeyRingTests
{
    private static readonly string[] PublicMembers = ["kty", "use", "alg", "kid", "x5t", "n", "e", "x5c"];

    private readonly FakeClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task there_is_one_active_key_at_first()
    {
        await using var emulator = await StartAsync();

        var key = Assert.Single(await emulator.Keys.ListAsync(Ct));

        Assert.Equal(KeyState.Active, key.State);
        Assert.StartsWith("keyless-emulator-", key.Id, StringComparison.Ordinal);
        Assert.Equal(64, key.Fingerprint.Length);
        Assert.Equal(_clock.Now, key.ActiveSince);
        Assert.Null(key.GoneOn);
    }

    [Fact]
    public async Task a_validator_with_a_cached_key_set_survives_a_rotation_that_was_announced()
    {
        await using var emulator = await StartAsync();
        var next = await emulator.Keys.PublishNextAsync(Ct);
        var cached = await KeySetAsync(emulator);
        var before = await TokenAsync(emulator);

        var active = await emulator.Keys.RotateAsync(ct: Ct);
        var after = await TokenAsync(emulator);

        Assert.Equal(next.Id, active.Id);
        Assert.NotEqual(before.Header.GetProperty("kid").GetString(), after.Header.GetProperty("kid").GetString());
        Assert.True(before.IsSignedBy(cached));
        Assert.True(after.IsSignedBy(cached));
        Assert.True(before.IsSignedBy(await KeySetAsync(emulator)));
    }

    [Fact]
    public async Task without_overlap_it_fails_and_recovers_when_it_asks_again()
    {
        await using var emulator = await StartAsync();
        var cached = await KeySetAsync(emulator);
        var before = await TokenAsync(emulator);

        await emulator.Keys.RotateAsync(TimeSpan.Zero, Ct);
        var after = await TokenAsync(emulator);
        var asked = await KeySetAsync(emulator);

        Assert.False(after.IsSignedBy(cached));
        Assert.True(after.IsSignedBy(asked));
        Assert.False(before.IsSignedBy(asked));
    }

    [Fact]
    public async Task a_retiring_key_is_gone_when_its_overlap_is_over()
    {
        await using var emulator = await StartAsync();
        var before = await TokenAsync(emulator);
        await emulator.Keys.RotateAsync(TimeSpan.FromHours(2), Ct);

        _clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        Assert.Equal([KeyState.Active, KeyState.Retiring], await StatesAsync(emulator));
        Assert.True(before.IsSignedBy(await KeySetAsync(emulator)));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([KeyState.Active, KeyState.Gone], await StatesAsync(emulator));
        Assert.False(before.IsSignedBy(await KeySetAsync(emulator)));
    }

    [Fact]
    public async Task the_overlap_is_a_day_unless_told_otherwise()
    {
        await using var emulator = await StartAsync();
        await emulator.Keys.ListAsync(Ct);

        await emulator.Keys.RotateAsync(ct: Ct);

        Assert.Equal(_clock.Now + TimeSpan.FromHours(24), (await emulator.Keys.ListAsync(Ct))[1].GoneOn);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => emulator.Keys.RotateAsync(TimeSpan.FromTicks(-1), Ct));
    }

    [Fact]
    public async Task a_revoked_key_is_gone_at_once_and_for_good_and_another_takes_its_place()
    {
        await using var emulator = await StartAsync();
        var before = await TokenAsync(emulator);
        var revoked = (await emulator.Keys.ListAsync(Ct))[0].Id;

        Assert.True(await emulator.Keys.RevokeAsync(revoked, Ct));
        Assert.False(await emulator.Keys.RevokeAsync(revoked, Ct));
        Assert.False(await emulator.Keys.RevokeAsync("keyless-emulator-unknown", Ct));
        _clock.SetWithoutTimers(_clock.Now - TimeSpan.FromDays(1));

        Assert.False(before.IsSignedBy(await KeySetAsync(emulator)));
        Assert.True((await TokenAsync(emulator)).IsSignedBy(await KeySetAsync(emulator)));
        Assert.Equal([KeyState.Active, KeyState.Gone], await StatesAsync(emulator));
    }

    [Fact]
    public async Task a_host_does_not_hand_out_a_kept_token_whose_key_is_gone()
    {
        await using var emulator = await StartAsync();
        const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";
        var host = emulator[SourceKind.Imds];
        var first = (await host.GetAsync(Ask, HostCalls.Metadata)).Token;

        await emulator.Keys.RotateAsync(ct: Ct);
        Assert.Equal(first, (await host.GetAsync(Ask, HostCalls.Metadata)).Token);
        _clock.Advance(TimeSpan.FromHours(10));
        await emulator.Keys.RotateAsync(TimeSpan.Zero, Ct);
        await emulator.Keys.RevokeAsync(new DecodedToken(first).Header.GetProperty("kid").GetString()!, Ct);

        Assert.NotEqual(first, (await host.GetAsync(Ask, HostCalls.Metadata)).Token);
    }

    [Fact]
    public async Task a_key_can_be_shared_on_purpose()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var token = await TokenAsync(one);

        var imported = await other.Keys.ImportPemAsync(await one.Keys.ExportPemAsync("open sesame", Ct), "open sesame", ct: Ct);

        Assert.Equal(token.Header.GetProperty("kid").GetString(), imported.Id);
        Assert.True(token.IsSignedBy(await KeySetAsync(other)));
        Assert.Equal(imported.Id, (await TokenAsync(other)).Header.GetProperty("kid").GetString());
        Assert.Contains("BEGIN ENCRYPTED PRIVATE KEY", await one.Keys.ExportPemAsync("x", Ct), StringComparison.Ordinal);
        Assert.Contains("BEGIN PRIVATE KEY", await one.Keys.ExportPemAsync(ct: Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_text_that_is_no_key_is_refused_without_repeating_it()
    {
        await using var emulator = await StartAsync();
        var pem = await emulator.Keys.ExportPemAsync("right", Ct);

        foreach (var (text, passphrase) in new[] { ("top secret nonsense", null), (pem, "wrong"), (pem, (string?)null) })
        {
            var exception = await Assert.ThrowsAsync<EmulatorException>(() => emulator.Keys.ImportPemAsync(text, passphrase, ct: Ct));
            Assert.Contains("The imported text", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("nonsense", exception.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20_261_121)]
    public async Task whatever_is_done_to_the_keys_only_public_halves_are_published(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var emulator = await StartAsync();
        for (var step = 0; step < 8; step++)
        {
            var keys = await emulator.Keys.ListAsync(Ct);
            switch (random.Next(5))
            {
                case 0: await emulator.Keys.PublishNextAsync(Ct); break;
                case 1: await emulator.Keys.RotateAsync(TimeSpan.FromHours(random.Next(3)), Ct); break;
                case 2: await emulator.Keys.RevokeAsync(keys[random.Next(keys.Count)].Id, Ct); break;
                case 3: await emulator.Keys.ImportPemAsync(await emulator.Keys.ExportPemAsync(ct: Ct), ct: Ct); break;
                default: _clock.Advance(TimeSpan.FromHours(random.Next(4))); break;
            }

            var published = (await KeySetAsync(emulator)).Json.GetProperty("keys").EnumerateArray().ToArray();
            foreach (var key in published)
                Assert.Equal(PublicMembers, key.EnumerateObject().Select(member => member.Name));
            var expected = (await emulator.Keys.ListAsync(Ct)).Where(key => key.State != KeyState.Gone).Select(key => key.Id);
            Assert.Equal(expected.Order(StringComparer.Ordinal), published.Select(IdOf).Order(StringComparer.Ordinal));
            Assert.Single((await emulator.Keys.ListAsync(Ct)), key => key.State == KeyState.Active);
            Assert.True((await TokenAsync(emulator)).IsSignedBy(await KeySetAsync(emulator)));
        }
    }

    private static string IdOf(JsonElement key) => key.GetProperty("kid").GetString()!;

    private static Task<Answer> KeySetAsync(ManagedIdentityEmulator emulator) =>
        HostCalls.GetAsync(new Uri(emulator.Authority, "discovery/v2.0/keys"));

    private static async Task<DecodedToken> TokenAsync(ManagedIdentityEmulator emulator) =>
        new(await emulator.IssueTokenAsync("orders", HostCalls.Vault, ct: Ct));

    private static async Task<KeyState[]> StatesAsync(ManagedIdentityEmulator emulator) =>
        [.. (await emulator.Keys.ListAsync(Ct)).Select(key => key.State)];

    private Task<ManagedIdentityEmulator> StartAsync() => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = _clock }, Ct);
}
