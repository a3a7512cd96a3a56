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

    private static Task<Answer> AskAsync(EmulatedHost host) => host.Source switch
    {
        SourceKind.Imds => host.GetAsync($"api-version=2018-02-01&resource={HostCalls.Vault}", HostCalls.Metadata),
        SourceKind.AppService => host.GetAsync($"api-version=2019-08-01&resource={HostCalls.Vault}", HostCalls.SecretOf(host)),
        SourceKind.ServiceFabric => host.GetAsync($"api-version=2020-05-01&resource={HostCalls.Vault}", HostCalls.SecretOf(host)),
        _ => host.GetAsync($"api-version=2017-09-01&resource={HostCalls.Vault}", HostCalls.SecretOf(host)),
    };
}
