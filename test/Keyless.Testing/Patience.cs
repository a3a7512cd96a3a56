namespace Keyless.Testing;

/// <summary>How long, in real time, a test waits for something that must happen before it fails with a message instead of hanging.</summary>
internal static class Patience
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits for a task; when patience ends, the exception says what was waited for and what there was instead.</summary>
    internal static async Task<T> WithPatienceAsync<T>(this Task<T> task, Func<string> story, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(Limit, cancellationToken);
        }
        catch (TimeoutException e) when (!task.IsCompleted)
        {
            throw new TimeoutException($"After {Limit.TotalSeconds:0} s of real time: {story()}", e);
        }
    }
}
