using Keyless.Caching;

namespace Keyless.Tests.Caching;

/// <summary>An endpoint that answers when the test says so, and remembers what it was asked.</summary>
internal sealed class ScriptedFetch(TimeProvider time) : TokenFetch
{
    private readonly Queue<TaskCompletionSource<FetchResult>> _waiting = new();

    /// <summary>Why it was asked, and to replace which token; one for each time.</summary>
    public List<(AcquisitionReason Reason, string? Rejected)> Asked { get; } = [];

    public override async ValueTask<FetchResult> RunAsync(bool async, AcquisitionReason reason, string? rejectedToken)
    {
        var answer = new TaskCompletionSource<FetchResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            Asked.Add((reason, rejectedToken));
            _waiting.Enqueue(answer);
        }

        return await answer.Task;
    }

    public void Answer(string token, double lifetime = 3600, double refreshIn = 1800, double skew = 0) => Next().SetResult(new FetchResult(
        new TokenEntry(token)
        {
            Resource = Samples.Resource,
            ExpiresOn = time.GetUtcNow().AddSeconds(lifetime),
            RefreshOn = time.GetUtcNow().AddSeconds(refreshIn),
            ServedUntil = time.GetUtcNow().AddSeconds(lifetime - skew),
        },
        failure: null));

    public void Fail(FailureKind kind, TimeSpan? retryAfter = null) =>
        Next().SetResult(new FetchResult(entry: null, new TokenFailure(kind, "It failed.") { RetryAfter = retryAfter }));

    public void Break(Exception exception) => Next().SetException(exception);

    private TaskCompletionSource<FetchResult> Next()
    {
        lock (_waiting)
            return _waiting.Dequeue();
    }
}
