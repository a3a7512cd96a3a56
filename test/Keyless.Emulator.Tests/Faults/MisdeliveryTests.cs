using System.Net.Sockets;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>Broken connections where there are none: a handler throws what a real one would.</summary>
public sealed class MisdeliveryTests(FaultyEmulator faulty) : IClassFixture<FaultyEmulator>, IDisposable
{
    private EmulatedHost Vm => faulty.Emulator[SourceKind.Imds];

    public void Dispose() => faulty.Clear();

    [Theory]
    [InlineData(CutPoint.ResetBeforeAnswer, HttpRequestError.Unknown)]
    [InlineData(CutPoint.ResetAfterHeaders, HttpRequestError.Unknown)]
    [InlineData(CutPoint.ResetInBody, HttpRequestError.Unknown)]
    [InlineData(CutPoint.CloseBeforeAnswer, HttpRequestError.ResponseEnded)]
    [InlineData(CutPoint.ShortBody, HttpRequestError.ResponseEnded)]
    [InlineData(CutPoint.BadChunk, HttpRequestError.InvalidResponse)]
    [InlineData(CutPoint.GarbageStatusLine, HttpRequestError.InvalidResponse)]
    public async Task a_cut_is_the_exception_of_a_cut(CutPoint at, HttpRequestError error)
    {
        Vm.Faults.Enqueue(Fault.Cut(at));

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(TestContext.Current.CancellationToken));

        Assert.Equal(error, exception.HttpRequestError);
        if (error == HttpRequestError.Unknown)
            Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(exception.GetBaseException()).SocketErrorCode);
    }

    [Theory]
    [InlineData(HangPoint.BeforeAnswer)]
    [InlineData(HangPoint.AfterHeaders)]
    public async Task a_hang_ends_when_the_caller_gives_up(HangPoint at)
    {
        Vm.Faults.Enqueue(Fault.Hang(at));
        using var patience = new CancellationTokenSource();
        var asking = AskAsync(patience.Token);
        Assert.False(asking.IsCompleted);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(Vm.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Vm.Endpoint}?api-version=2018-02-01&resource={HostCalls.Vault}");
        request.Headers.Add("Metadata", "true");
        using var response = await client.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
