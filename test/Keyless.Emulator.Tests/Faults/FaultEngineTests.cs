using System.Net;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>Which fault a request meets.</summary>
public sealed class FaultEngineTests : IAsyncLifetime
{
    private ManagedIdentityEmulator? _emulator;

    private ManagedIdentityEmulator Emulator => _emulator!;

    private EmulatedHost Vm => Emulator[SourceKind.Imds];

    private EmulatedHost Web => Emulator[SourceKind.AppService];

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds, SourceKind.AppService], Seed = 7 }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();

    [Fact]
    public async Task queued_faults_come_before_rules_in_their_order_and_the_hosts_own_before_the_emulators()
    {
        Vm.Faults.Add(new FaultRule { Name = "own rule", Fault = Fault.Status(501) });
        Emulator.Faults.Add(new FaultRule { Name = "common rule", Fault = Fault.Status(502) });
        Emulator.Faults.Enqueue(Fault.Status(504));
        Vm.Faults.Enqueue(Fault.Status(505), times: 2);
        Vm.Faults.Enqueue(Fault.Status(506));

        var statuses = new List<int>();
        for (var i = 0; i < 6; i++)
            statuses.Add((int)(await AskAsync(Vm)).Status);

        Assert.Equal([505, 505, 506, 504, 501, 501], statuses);
        Assert.Equal(502, (int)(await AskAsync(Web)).Status);
        Assert.Equal(502, (int)(await HostCalls.GetAsync(new Uri(Emulator.Authority, ".well-known/openid-configuration"))).Status);
    }

    [Fact]
    public async Task a_removed_rule_fires_no_longer_and_a_cleared_plan_has_nothing_left()
    {
        Vm.Faults.Add(new FaultRule { Name = "first", Fault = Fault.Status(501) });
        Vm.Faults.Add(new FaultRule { Name = "second", Fault = Fault.Status(502) });
        Assert.Equal(501, (int)(await AskAsync(Vm)).Status);

        Assert.True(Vm.Faults.Remove("first"));
        Assert.False(Vm.Faults.Remove("first"));
        Assert.Equal(502, (int)(await AskAsync(Vm)).Status);

        Vm.Faults.Enqueue(Fault.TooManyRequests());
        Vm.Faults.Clear();
        Assert.Empty(Vm.Faults.Rules);
        Assert.Empty(Vm.Faults.Queue);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Vm)).Status);
    }

    [Fact]
    public void two_rules_of_one_name_are_refused()
    {
        Vm.Faults.Add(new FaultRule { Name = "busy", Fault = Fault.TooManyRequests() });

        var exception = Assert.Throws<EmulatorException>(
            () => Vm.Faults.Add(new FaultRule { Name = "busy", Fault = Fault.TooManyRequests() }));

        Assert.Contains("'busy'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_scenario_goes_from_state_to_state()
    {
        Vm.Faults.State = "starting";
        Vm.Faults.Add(new FaultRule
        {
            Name = "starts",
            Fault = Fault.Status(404),
            When = new FaultWhen { State = "starting" },
            NextState = "warm",
        });
        Vm.Faults.Add(new FaultRule
        {
            Name = "warms",
            Fault = Fault.Status(410),
            When = new FaultWhen { State = "warm" },
            NextState = "up",
        });

        Assert.Equal(404, (int)(await AskAsync(Vm)).Status);
        Assert.Equal(410, (int)(await AskAsync(Vm)).Status);
        Assert.Equal(200, (int)(await AskAsync(Vm)).Status);
        Assert.Equal("up", Vm.Faults.State);
    }

    [Fact]
    public async Task attempts_are_counted_until_one_succeeds()
    {
        Vm.Faults.Add(new FaultRule { Name = "second", Fault = Fault.Status(503), Match = new FaultMatch { Attempt = 1 } });

        Assert.Equal(503, (int)(await AskAsync(Vm)).Status);
        Assert.Equal(200, (int)(await AskAsync(Vm)).Status);
        Assert.Equal(503, (int)(await AskAsync(Vm)).Status);
    }

    private static Task<Answer> AskAsync(EmulatedHost host) => host.Source == SourceKind.Imds
        ? host.GetAsync($"api-version=2018-02-01&resource={HostCalls.Vault}", HostCalls.Metadata)
        : host.GetAsync($"api-version=2019-08-01&resource={HostCalls.Vault}", HostCalls.SecretOf(host));
}
