using System.Net;
using System.Net.Http.Headers;

namespace Keyless.Benchmarks.Loopback;

/// <summary>Answers every request from memory, and counts them.</summary>
/// <param name="refreshIn">After how many seconds a token is to be renewed; null to leave that to the client.</param>
/// <param name="delay">How long an answer takes.</param>
/// <param name="sameToken">Whether the token is the same each time, as the platforms' own caches have it.</param>
internal sealed class MemoryHandler(int? refreshIn = null, TimeSpan delay = default, bool sameToken = false) : HttpMessageHandler
{
    private long _requests;

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>No answer before this is complete.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _requests);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, cancellationToken);
        await Gate.WaitAsync(cancellationToken);
        return Answer(sameToken ? 0 : number);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Answer(sameToken ? 0 : Interlocked.Increment(ref _requests));

    private HttpResponseMessage Answer(long number)
    {
        var content = new ByteArrayContent(Answers.Body(number, refreshIn));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }
}
