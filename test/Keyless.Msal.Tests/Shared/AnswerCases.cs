using System.Globalization;
using Keyless.Testing;

namespace SameCode;

/// <summary>Answers with status 200: what has no token, and expiries in all their forms.</summary>
internal static class AnswerCases
{
    private static readonly (string Name, string Body)[] Bodies =
    [
        ("empty", ""),
        ("HTML", "<html></html>"),
        ("text", "hello"),
        ("an array", "[]"),
        ("an empty object", "{}"),
        ("cut short", """{"access_token":"t","expires"""),
        ("no token", """{"expires_on":"4000000000","token_type":"Bearer"}"""),
        ("an empty token", """{"access_token":"","expires_on":"4000000000"}"""),
        ("no expiry", """{"access_token":"t","token_type":"Bearer"}"""),
        ("an expiry that is no time", """{"access_token":"t","expires_on":"soon"}"""),
        ("expired", """{"access_token":"t","expires_on":"1500000000"}"""),
        ("an error", """{"error":"invalid_request","error_description":"not today"}"""),
    ];

    // Made anew for each case: what is compared is the time that is left, to the minute.
    private static (string Name, string Expiry)[] Expiries(DateTimeOffset soon) =>
    [
        ("epoch text", $"\"expires_on\":\"{soon.ToUnixTimeSeconds()}\""),
        ("epoch number", $"\"expires_on\":{soon.ToUnixTimeSeconds()}"),
        ("seconds in expires_on", "\"expires_on\":\"10800\""),
        ("expires_in text", "\"expires_in\":\"10800\""),
        ("expires_in number", "\"expires_in\":10800"),
        ("both, expires_on last", $"\"expires_in\":\"10800\",\"expires_on\":\"{soon.ToUnixTimeSeconds()}\""),
        ("both, expires_in last and longer", $"\"expires_on\":\"{soon.ToUnixTimeSeconds()}\",\"expires_in\":\"20000\""),
        ("ISO 8601", $"\"expires_on\":\"{soon.ToString("O", CultureInfo.InvariantCulture)}\""),
        ("ISO 8601 with Z", $"\"expires_on\":\"{soon.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\""),
        ("US form with offset", $"\"expires_on\":\"{soon.ToString("MM/dd/yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture)}\""),
        ("US form, 12 hours", $"\"expires_on\":\"{soon.ToString("M/d/yyyy h:mm:ss tt zzz", CultureInfo.InvariantCulture)}\""),
        ("trailing comma", $"\"expires_on\":\"{soon.ToUnixTimeSeconds()}\","),
        ("unknown members", $"\"expires_on\":\"{soon.ToUnixTimeSeconds()}\",\"x\":{{\"y\":[1]}}"),
        ("a year", $"\"expires_on\":\"{soon.AddYears(1).ToUnixTimeSeconds()}\""),
    ];

    public static IEnumerable<(string, Func<Scene, Report, Task>)> All()
    {
        foreach (var source in new[] { "AppService", "Imds" })
        {
            foreach (var (name, body) in Bodies)
            {
                yield return Case.Of($"{source}, 200 and {name}", async (scene, report) =>
                {
                    scene.On(source).Answering(Reply.Json(200, body));
                    await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
                });
            }
        }

        foreach (var name in Expiries(default).Select(static form => form.Name))
        {
            yield return Case.Of($"expiry: {name}", async (scene, report) =>
            {
                var expiry = Expiries(DateTimeOffset.UtcNow.AddHours(3)).Single(form => form.Name == name).Expiry;
                scene.On("AppService").Answering(Reply.Json(200, $"{{\"access_token\":\"t\",\"token_type\":\"Bearer\",{expiry}}}"));
                await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            });
        }

        foreach (var type in new[] { "Bearer", "bearer", "", "pop" })
        {
            yield return Case.Of($"token type '{type}'", async (scene, report) =>
            {
                scene.On("AppService").Answering(Reply.Json(200, $"{{\"access_token\":\"t\",\"token_type\":\"{type}\",\"expires_in\":\"10800\"}}"));
                await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            });
        }
    }
}
