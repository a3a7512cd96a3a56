using Keyless.Testing;

namespace SameCode;

/// <summary>Every status with retries switched off: one request each, and what is thrown.</summary>
internal static class StatusCases
{
    public static IEnumerable<(string, Func<Scene, Report, Task>)> All()
    {
        foreach (var source in new[] { "AppService", "Imds", "MachineLearning" })
        {
            foreach (var status in new[] { 400, 401, 403, 404, 408, 410, 429, 500, 502, 503, 504 })
            {
                yield return Case.Of($"{source}, {status} in one attempt", async (scene, report) =>
                {
                    scene.On(source).Answering(Reply.Json(status, """{"message":"not now"}"""));
                    var factory = new HttpClientFactory();
                    await report.CallAsync(() => Scene.OneAttempt(factory: factory).AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
                    report.Add("clients handed out", factory.HandedOut);
                });
            }
        }

        yield return Case.Of("AppService, the client gives up", async (scene, report) =>
        {
            scene.On("AppService").Answering(Reply.Hang());

            // Long enough for the request, which is counted, to arrive on any machine.
            var factory = new HttpClientFactory(TimeSpan.FromSeconds(4));
            await report.CallAsync(() => Scene.OneAttempt(factory: factory).AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            scene.Server.Release();
        });

        yield return Case.Of("AppService, the connection breaks", async (scene, report) =>
        {
            scene.On("AppService").Answering(Reply.Raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"));
            await report.CallAsync(() => Scene.OneAttempt().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });

        yield return Case.Of("AppService, a failed call made again", async (scene, report) =>
        {
            scene.On("AppService").Answering(Reply.Json(400, """{"message":"no"}"""), Scene.Token("t"));
            var app = Scene.OneAttempt();
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });
    }
}
