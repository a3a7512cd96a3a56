using Keyless.Testing;

namespace SameCode;

/// <summary>Retries as the server counts them. These wait in real time, so each group has a process of its own.</summary>
internal static class RetryCases
{
    public static IEnumerable<(string, Func<Scene, Report, Task>)> AppService()
    {
        yield return Replies("AppService", "500, then a token", seconds: 1, Reply.Empty(500), Scene.Token("t"));
        yield return Replies("AppService", "404, then a token", seconds: 1, Reply.Empty(404), Scene.Token("t"));
        yield return Replies("AppService", "503 four times", seconds: 3, Reply.Empty(503), Reply.Empty(503), Reply.Empty(503), Reply.Empty(503));
        yield return Replies("AppService", "429 with Retry-After, then a token", seconds: 2, Reply.Empty(429, ("Retry-After", "2")), Scene.Token("t"));
    }

    public static IEnumerable<(string, Func<Scene, Report, Task>)> Imds()
    {
        yield return Replies("Imds", "404, then a token", seconds: 1, Reply.Empty(404), Scene.Token("t"));
        yield return Replies("Imds", "500, 502, then a token", seconds: 3, Reply.Empty(500), Reply.Empty(502), Scene.Token("t"));
        yield return Replies("Imds", "429 four times", seconds: 7, Reply.Empty(429), Reply.Empty(429), Reply.Empty(429), Reply.Empty(429));
    }

    public static IEnumerable<(string, Func<Scene, Report, Task>)> Others()
    {
        yield return Replies("MachineLearning", "408, then a token", seconds: 1, Reply.Empty(408), Scene.Token("t"));
        yield return Replies("CloudShell", "504, then a token", seconds: 1, Reply.Empty(504), Scene.Token("t"));
        yield return Replies("ServiceFabric", "500, then a token", seconds: 1, Reply.Empty(500), Scene.Token("t"));
        yield return Replies("AppService", "502, then a token", seconds: 0, Reply.Empty(502), Scene.Token("t"));
        yield return Replies("AppService", "410, then a token", seconds: 0, Reply.Empty(410), Scene.Token("t"));
        yield return Replies("AzureArc", "503, then a token", seconds: 1, Reply.Empty(503), Scene.Token("t"));
    }

    private static (string, Func<Scene, Report, Task>) Replies(string source, string name, int seconds, params Reply[] replies) => Case.Of($"{source}, {name}", async (scene, report) =>
    {
        // One of them stops earlier than the other where they differ; what is left over must not reach the next case.
        var left = new Queue<Reply>(replies);
        scene.On(source).Otherwise(Reply.When(_ => left.TryDequeue(out var reply) ? reply : Reply.Empty(400)));
        var start = TimeProvider.System.GetTimestamp();
        await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        report.Add("pauses", TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(seconds * 0.99) ? "as long as they should be" : "too short");
    });
}
