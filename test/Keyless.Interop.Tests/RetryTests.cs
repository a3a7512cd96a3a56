using Keyless.Interop.Tests.Clients;
using Keyless.Interop.Tests.Compatibility;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests;

/// <summary>How often, and after which pauses, each client asks a host again that answers with trouble first.</summary>
public abstract class RetryTests
{
    // The clients' pauses are real time, and so is this. The machine may be slow to run a client, by any number of seconds when it is
    // busy with others; it is never early. This ends no wait: it only tells a pause from a client that has hung.
    private const double Patience = 40;

    private readonly TroubledHosts _hosts;
    private readonly InteropClient _client;

    private protected RetryTests(TroubledHosts hosts, InteropClient client)
    {
        _hosts = hosts;
        _client = client;
    }

    public static MatrixTheoryData<SourceKind, string> Cells =>
        new([SourceKind.Imds, SourceKind.AppService], Trouble.All.Select(static trouble => trouble.Name));

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task it_asks_again_as_the_table_says(SourceKind source, string name)
    {
        var trouble = Trouble.All.Single(trouble => trouble.Name == name);
        var expected = RetryTable.PausesOf(_client, source, trouble);

        var (outcome, pauses) = await _hosts.MeetAsync(_client, source, trouble);

        Assert.True(
            expected.Count == pauses.Count && expected.Zip(pauses).All(static pair => IsAbout(pair.First, pair.Second)),
            $"Pauses of [{string.Join(", ", expected)}] s were expected, measured were [{string.Join(", ", pauses)}] s: {outcome}");
        Assert.Equal(expected.Count == trouble.Times, outcome.Token is not null);
    }

    private static bool IsAbout(double expected, double pause) => pause >= 0.95 * expected && pause <= expected + Patience;
}

public sealed class MsalRetryTests(TroubledHosts hosts) : RetryTests(hosts, InteropClient.Msal);

public sealed class AzureIdentityRetryTests(TroubledHosts hosts) : RetryTests(hosts, InteropClient.AzureIdentity);

public sealed class MsalNodeRetryTests(TroubledHosts hosts) : RetryTests(hosts, InteropClient.MsalNode);

public sealed class AzureIdentityNodeRetryTests(TroubledHosts hosts) : RetryTests(hosts, InteropClient.AzureIdentityNode);
