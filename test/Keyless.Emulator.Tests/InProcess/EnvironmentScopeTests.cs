using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.InProcess;

public sealed class EnvironmentScopeTests(RunningEmulator running)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_scope_sets_the_hosts_variables_removes_what_conflicts_and_restores_both()
    {
        using (await EnvironmentScope.EnterAsync(running[SourceKind.AzureArc], Cancellation))
        {
            Assert.Equal(running[SourceKind.AzureArc].Endpoint.AbsoluteUri, Variable("IDENTITY_ENDPOINT"));
            using (await EnvironmentScope.EnterAsync(running[SourceKind.AppService], Cancellation))
            {
                foreach (var (name, value) in running[SourceKind.AppService].Variables)
                    Assert.Equal(value, Variable(name));
                Assert.Null(Variable("IMDS_ENDPOINT"));
            }

            Assert.Equal(running[SourceKind.AzureArc].Endpoint.AbsoluteUri, Variable("IDENTITY_ENDPOINT"));
            Assert.NotNull(Variable("IMDS_ENDPOINT"));
            Assert.Null(Variable("MSI_ENDPOINT"));
        }

        await AssertFreeAsync();
    }

    [Fact]
    public async Task scopes_of_different_flows_wait_for_each_other()
    {
        var inside = 0;

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => VisitAsync(running.Emulator.Hosts[i % 6]), Cancellation)));

        async Task VisitAsync(EmulatedHost host)
        {
            using (await EnvironmentScope.EnterAsync(host, Cancellation))
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                await Task.Yield();
                foreach (var (name, value) in host.Variables)
                    Assert.Equal(value, Variable(name));
                Interlocked.Decrement(ref inside);
            }
        }
    }

    [Fact]
    public async Task who_waits_can_be_told_to_stop_and_leaves_no_trace()
    {
        using var stop = new CancellationTokenSource();
        Task waiting;
        using (await EnvironmentScope.EnterAsync(running[SourceKind.Imds], Cancellation))
        {
            // Started outside this flow of calls, or it would be an inner scope.
            using (ExecutionContext.SuppressFlow())
                waiting = Task.Run(() => EnvironmentScope.EnterAsync(running[SourceKind.AppService], stop.Token), Cancellation);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.Null(Variable("IDENTITY_ENDPOINT"));
        }

        await AssertFreeAsync();
    }

    [Fact]
    public async Task an_outer_scope_that_ends_first_ends_the_inner_one()
    {
        var outer = await EnvironmentScope.EnterAsync(running[SourceKind.AzureArc], Cancellation);
        var inner = await EnvironmentScope.EnterAsync(running[SourceKind.AppService], Cancellation);

        outer.Dispose();
        inner.Dispose();
        outer.Dispose();

        await AssertFreeAsync();
    }

    [Fact]
    public async Task a_client_that_reads_the_process_finds_the_host()
    {
        using var scope = await EnvironmentScope.EnterAsync(running[SourceKind.MachineLearning], Cancellation);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Cache = new TokenCache() });

        var token = await client.GetTokenAsync(HostCalls.Vault, Cancellation);

        Assert.Equal(SourceKind.MachineLearning, token.Source);
    }

    private static string? Variable(string name) => MachineEnvironment.Process.GetVariable(name);

    // Another scope can be entered, and finds a clean process.
    private async Task AssertFreeAsync()
    {
        using var scope = await EnvironmentScope.EnterAsync(running[SourceKind.Imds], Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        scope.Dispose();
    }
}
