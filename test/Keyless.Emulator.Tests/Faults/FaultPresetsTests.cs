using System.Net;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>Each preset begins as its name says, and those that end do.</summary>
public sealed class FaultPresetsTests(FaultyEmulator faulty) : IClassFixture<FaultyEmulator>, IDisposable
{
    public void Dispose() => faulty.Clear();

    [Theory]
    [InlineData("imds-cold-start", SourceKind.Imds, HttpStatusCode.NotFound, 11, 1)]
    [InlineData("imds-upgrade", SourceKind.Imds, HttpStatusCode.Gone, 71, 1)]
    [InlineData("imds-restart", SourceKind.Imds, HttpStatusCode.InternalServerError, 0, 2)]
    [InlineData("throttled", SourceKind.AppService, HttpStatusCode.TooManyRequests, 0, 3)]
    [InlineData("identity-propagating", SourceKind.Imds, HttpStatusCode.BadRequest, 61, 1)]
    [InlineData("identity-deleted", SourceKind.Imds, HttpStatusCode.BadRequest, null, 3)]
    [InlineData("two-identities", SourceKind.Imds, HttpStatusCode.BadRequest, null, 3)]
    [InlineData("region-outage", SourceKind.AppService, HttpStatusCode.ServiceUnavailable, 301, 1)]
    [InlineData("secret-rotated", SourceKind.AppService, HttpStatusCode.Unauthorized, null, 3)]
    [InlineData("secret-rotated", SourceKind.MachineLearning, HttpStatusCode.Unauthorized, null, 3)]
    [InlineData("secret-rotated", SourceKind.ServiceFabric, HttpStatusCode.NotFound, null, 3)]
    [InlineData("secret-rotated", SourceKind.Imds, HttpStatusCode.OK, null, 1)]
    public async Task a_preset_begins_and_ends(string preset, SourceKind source, HttpStatusCode status, int? secondsToTheEnd, int requests)
    {
        var host = faulty.Emulator[source];

        host.Faults.Apply(preset);

        for (var request = 0; request < requests; request++)
            Assert.Equal(status, (await AskAsync(host)).Status);
        if (secondsToTheEnd is { } seconds)
            faulty.Clock.Advance(TimeSpan.FromSeconds(seconds));
        else
            host.Faults.Remove(preset);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host)).Status);
    }

    [Fact]
    public async Task a_machine_of_the_first_version_alone_has_no_path_of_the_second()
    {
        var vm = faulty.Emulator[SourceKind.Imds];
        var metadata = new Uri(vm.Endpoint, "/metadata/identity/getplatformmetadata?cred-api-version=2.0");
        vm.Faults.Apply("v1-only");

        var answers = new[]
        {
            await vm.GetAsync(metadata, HostCalls.Metadata),
            await vm.GetAsync(metadata),
            await vm.GetAsync(new Uri(vm.Endpoint, "/metadata/identity/issuecredential"), HostCalls.Metadata),
        };

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.Status, answer.String("error"))));
        Assert.All(answers, answer => Assert.Contains("IMDS", answer.Header("Server"), StringComparison.Ordinal));
        Assert.StartsWith("v1-only/", vm.Journal.Entries[^1].Fault, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(vm)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(faulty.Emulator[SourceKind.AppService])).Status);
    }

    [Fact]
    public async Task a_machine_of_the_second_version_alone_refuses_the_first_once_and_for_all()
    {
        var vm = faulty.Emulator[SourceKind.Imds];
        vm.Journal.Clear();
        vm.Faults.Apply("v2-only");
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = vm.Environment, Cache = new TokenCache() });

        var result = await client.TryGetTokenAsync(new TokenRequest(HostCalls.Vault), TestContext.Current.CancellationToken);

        Assert.Contains("second version of managed identity only", result.Failure!.HostMessage, StringComparison.Ordinal);
        Assert.False(result.Failure.IsTransient);
        Assert.Equal(HttpStatusCode.Forbidden, result.Failure.StatusCode);
        vm.Journal.Verify(entry => entry.Leg == Leg.Token).Exactly(1);

        // A probe takes a 400 for "here I am".
        Assert.Equal(HttpStatusCode.Forbidden, (await vm.GetAsync($"api-version=2018-02-01&resource={HostCalls.Vault}")).Status);
        vm.Faults.Remove("v2-only");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(vm)).Status);
    }

    private static Task<Answer> AskAsync(EmulatedHost host) => host.Source switch
    {
        SourceKind.Imds => host.GetAsync($"api-version=2018-02-01&resource={HostCalls.Vault}", HostCalls.Metadata),
        SourceKind.AppService => host.GetAsync($"api-version=2019-08-01&resource={HostCalls.Vault}", HostCalls.SecretOf(host)),
        SourceKind.ServiceFabric => host.GetAsync($"api-version=2020-05-01&resource={HostCalls.Vault}", HostCalls.SecretOf(host)),
        _ => host.GetAsync($"api-version=2017-09-01&resource={HostCalls.Vault}", HostCalls.SecretOf(host)),
    };
}
