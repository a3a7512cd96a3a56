using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>When rules fire: by number, by chance and by the clock.</summary>
public sealed class FaultTimingTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task rules_count_the_requests_that_they_are_about()
    {
        await using var emulator = await StartAsync();
        var vm = emulator["vm"];
        vm.Faults.Add(new FaultRule { Name = "first", Fault = Fault.Status(501), When = new FaultWhen { First = 2 } });
        vm.Faults.Add(new FaultRule { Name = "third", Fault = Fault.Status(503), When = new FaultWhen { Every = 3 } });

        Assert.Equal(Expected(501, 501, 200, 200, 503, 200, 200, 503), await StatusesAsync(vm, 8));
    }

    [Fact]
    public async Task rules_fire_within_their_time()
    {
        await using var emulator = await StartAsync();
        var vm = emulator["vm"];
        vm.Faults.Add(new FaultRule
        {
            Name = "window",
            Fault = Fault.Status(503),
            When = new FaultWhen { After = TimeSpan.FromSeconds(10), Until = TimeSpan.FromSeconds(20) },
        });
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            statuses.AddRange(await StatusesAsync(vm, 1));
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal([200, 200, 503, 503, 200], statuses);
    }

    [Fact]
    public async Task chance_follows_the_seed_alone()
    {
        await using var one = await StartAsync(seed: 1234);
        await using var same = await StartAsync(seed: one.Seed);
        await using var other = await StartAsync(seed: 4321);
        var results = new List<int[]>();
        foreach (var emulator in new[] { one, same, other })
        {
            emulator["vm"].Faults.Add(new FaultRule { Name = "a", Fault = Fault.Status(503), When = new FaultWhen { Probability = 0.5 } });
            results.Add(await StatusesAsync(emulator["vm"], 40));
        }

        Assert.Equal(results[0], results[1]);
        Assert.NotEqual(results[0], results[2]);
        Assert.InRange(results[0].Count(status => status == 503), 8, 32);
    }

    [Fact]
    public void drawn_times_have_their_distribution()
    {
        var random = new Random(5);
        var uniform = Draw(FaultDelay.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)));
        var logNormal = Draw(FaultDelay.LogNormal(TimeSpan.FromSeconds(1), 0.5));

        Assert.InRange(uniform[0], 1, 1.01);
        Assert.InRange(uniform[5000], 1.9, 2.1);
        Assert.InRange(uniform[^1], 2.99, 3);
        Assert.InRange(logNormal[5000], 0.95, 1.05);
        Assert.InRange(logNormal[9500], Math.Exp(0.5 * 1.645) * 0.93, Math.Exp(0.5 * 1.645) * 1.07);

        double[] Draw(FaultDelay delay) => [.. Enumerable.Range(0, 10_000).Select(_ => delay.Draw(random).TotalSeconds).Order()];
    }

    [Fact]
    public async Task latency_passes_by_the_clock_and_leaves_other_rules_their_turn()
    {
        await using var emulator = await StartAsync();
        var vm = emulator["vm"];
        vm.Faults.Add(new FaultRule { Name = "slow", Fault = Fault.Latency(TimeSpan.FromSeconds(4)) });
        vm.Faults.Add(new FaultRule { Name = "down", Fault = Fault.Status(503).After(TimeSpan.FromSeconds(2)) });

        var run = await _clock.RunAsync(() => StatusesAsync(vm, 1), delay => delay < TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Equal([503], run.Result);
        Assert.Equal([TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2)], run.Pauses);
        Assert.Equal("slow, down", Assert.Single(vm.Journal.Entries).Fault);
    }

    [Fact]
    public async Task a_rule_is_about_the_requests_that_it_matches_and_no_others()
    {
        await using var emulator = await StartAsync();
        var vm = emulator["vm"];
        vm.Faults.Add(new FaultRule
        {
            Name = "orders",
            Fault = Fault.Status(503),
            Match = new FaultMatch
            {
                Host = "VM",
                Source = SourceKind.Imds,
                Leg = Leg.Token,
                Identity = "orders",
                Resource = HostCalls.Vault + "/",
                Method = "GET",
                Path = "/Metadata/identity/oauth2/token",
                Header = "Metadata",
                HeaderValue = "true",
                ClientAddress = System.Net.IPAddress.Loopback,
                Attempt = 1,
            },
        });
        var orders = $"&client_id={emulator.Identities.Single(identity => identity.Name == "orders").ClientId}";

        Assert.Equal(Expected(200), await StatusesAsync(vm, 1));
        Assert.Equal(Expected(503, 200), await StatusesAsync(vm, 2, orders));
    }

    [Fact]
    public async Task a_limited_host_refuses_exactly_what_is_above_the_limit()
    {
        await using var emulator = await StartAsync(limit: new RateLimit());
        var vm = emulator["vm"];

        var burst = await StatusesAsync(vm, 25);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        var early = await StatusesAsync(vm, 1);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var later = await StatusesAsync(vm, 21);

        Assert.Equal([.. Enumerable.Repeat(200, 20), .. Enumerable.Repeat(429, 5)], burst);
        Assert.Equal([429], early);
        Assert.Equal([.. Enumerable.Repeat(200, 20), 429], later);
        Assert.Equal("rate-limit", vm.Journal.Entries[^1].Fault);
    }

    [Fact]
    public async Task a_limited_host_serves_five_at_once()
    {
        await using var emulator = await StartAsync(limit: new RateLimit());
        var vm = emulator["vm"];
        vm.Faults.Add(new FaultRule { Name = "slow", Fault = Fault.Latency(TimeSpan.FromSeconds(3)), When = new FaultWhen { First = 5 } });
        var running = Enumerable.Range(0, 5).Select(_ => StatusesAsync(vm, 1)).ToArray();
        await _clock.WaitForTimersAsync(5, TestContext.Current.CancellationToken);

        Assert.Equal(Expected(429), await StatusesAsync(vm, 1));
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.All(await Task.WhenAll(running), statuses => Assert.Equal([200], statuses));
        Assert.Equal(Expected(200), await StatusesAsync(vm, 1));
    }

    [Fact]
    public async Task an_upgrade_lasts_seventy_seconds_and_a_preset_that_is_applied_again_begins_anew()
    {
        await using var emulator = await StartAsync();
        var vm = emulator["vm"];
        vm.Faults.Apply("imds-upgrade");
        Assert.Equal(Expected(410), await StatusesAsync(vm, 1));
        _clock.Advance(TimeSpan.FromSeconds(70));
        Assert.Equal(Expected(200), await StatusesAsync(vm, 1));

        vm.Faults.Apply("imds-upgrade");

        Assert.Equal(Expected(410), await StatusesAsync(vm, 1));
        Assert.True(vm.Faults.Remove("imds-upgrade"));
        Assert.Empty(vm.Faults.Rules);
    }

    [Fact]
    public async Task every_preset_can_be_applied_and_removed_by_its_name()
    {
        await using var emulator = await StartAsync();
        foreach (var preset in FaultPresets.All)
        {
            emulator.Faults.Apply(preset.Name);
            Assert.Equal(preset.Rules, emulator.Faults.Rules);
            Assert.True(emulator.Faults.Remove(preset.Name));
            Assert.Empty(emulator.Faults.Rules);
        }

        var exception = Assert.Throws<EmulatorException>(() => emulator.Faults.Apply("trottled"));
        Assert.Contains("throttled", exception.Message, StringComparison.Ordinal);
    }

    private static int[] Expected(params int[] statuses) => statuses;

    private static async Task<int[]> StatusesAsync(EmulatedHost host, int count, string more = "")
    {
        var statuses = new int[count];
        for (var i = 0; i < count; i++)
            statuses[i] = (int)(await host.GetAsync($"api-version=2018-02-01&resource={HostCalls.Vault}{more}", HostCalls.Metadata)).Status;
        return statuses;
    }

    private Task<ManagedIdentityEmulator> StartAsync(int? seed = null, RateLimit? limit = null) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = _clock, Seed = seed, RateLimit = limit },
        TestContext.Current.CancellationToken);
}
