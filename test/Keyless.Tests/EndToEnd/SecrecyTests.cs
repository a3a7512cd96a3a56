using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>Planted secrets, every way to fail, every place where text comes out: nothing is found.</summary>
public sealed class SecrecyTests
{
    private static readonly SourceKind[] Sources = Enum.GetValues<SourceKind>();

    private static readonly JsonSerializerOptions Everything = new() { IncludeFields = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<SourceKind, string> Cases()
    {
        var cases = new TheoryData<SourceKind, string>();
        foreach (var source in Sources)
        {
            foreach (var how in (string[])["success", "an error that quotes the secrets", "plain text that quotes the secrets", "broken JSON around the token",
                "a token that expired", "an expiry that is the token", "another identity", "a reset", "a rejected token again", "a redirect to the secret", "500 with the token"])
            {
                cases.Add(source, how);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_secret_is_found_in_any_text(SourceKind source, string how)
    {
        var header = new Canary("identity header");
        var key = new Canary("Azure Arc key");
        var token = new Canary("token", "eyJhbGciOiJSUzI1NiJ9.eyJ0aGUiOiJjYW5hcnkgdG9rZW4gb2YgdGhlIHRlc3QifQ." + Guid.NewGuid().ToString("N"));
        using var texts = new Collector();
        await using var scene = Scene.Of(source);
        using var keys = new KeyDirectory(key.Value);
        scene.Machine = DescribedMachine.Of(source, scene.Server.Address, header.Value, scene.Machine.GetVariable("IDENTITY_SERVER_THUMBPRINT"), keys.Path);
        scene.Server.Fallback = Reply.When(request => source == SourceKind.AzureArc && request.Header("Authorization") is null
            ? Reply.Json(401, "{}", ("WWW-Authenticate", $"Basic realm={keys.File}"))
            : ReplyThat(how, scene, header.Value, key.Value, token.Value));
        var client = scene.Client();

        var run = await scene.Clock.RunAsync(
            async () =>
            {
                var request = new TokenRequest(Scene.Resource) { ForceRefresh = true };
                var result = await client.TryGetTokenAsync(request, Cancellation);
                if (how != "a rejected token again")
                    return (request, result);
                request = new TokenRequest(Scene.Resource) { Claims = "{\"canary\":1}", RejectedToken = token.Value };
                return (request, await client.TryGetTokenAsync(request, Cancellation));
            },
            Scene.IsPause,
            Cancellation);

        var (request, result) = run.Result;
        Assert.Equal(how == "success", result.Succeeded);
        texts.Add(request.ToString(), JsonSerializer.Serialize(request, Everything), result.ToString(), JsonSerializer.Serialize(result, Everything));
        texts.Add(JsonSerializer.Serialize(client, Everything), JsonSerializer.Serialize(result.Token, Everything));
        if (result.Failure is { } failure)
        {
            var exception = new ManagedIdentityException(failure);
            texts.Add(exception.ToString(), exception.Message, failure.ToString(), JsonSerializer.Serialize(failure with { Cause = null }, Everything));
        }

        Assert.NotEmpty(scene.Logs.Entries);
        foreach (var secret in (Canary[])[header, key, token])
        {
            secret.AssertAbsentFrom(scene.Logs.Texts);
            secret.AssertAbsentFrom(texts.All);
        }
    }

    private static Reply ReplyThat(string how, Scene scene, string header, string key, string token)
    {
        // A host can quote only what it was sent.
        header = scene.Source is SourceKind.AppService or SourceKind.ServiceFabric or SourceKind.MachineLearning ? header : "nothing";
        key = scene.Source == SourceKind.AzureArc ? key : "nothing";
        var quoted = $"you sent {header} and {key} for {token}";
        var expiry = scene.Clock.Now.AddHours(24);
        return how switch
        {
            "success" or "a rejected token again" => Reply.Json(200, Scene.Body(token, expiry)),
            "an error that quotes the secrets" => Reply.Json(400, $$$"""{"error":{"code":"{{{header}}}","message":"{{{quoted}}}","correlationId":"{{{key}}}"}}"""),
            "plain text that quotes the secrets" => Reply.Text(403, quoted),
            "broken JSON around the token" => Reply.Json(200, $"{{\"access_token\":\"{token}\",\"expires_on\":"),
            "a token that expired" => Reply.Json(200, Scene.Body(token, scene.Clock.Now.AddSeconds(-1))),
            "an expiry that is the token" => Reply.Json(200, $$"""{"access_token":"{{token}}","expires_on":"{{token}} {{header}} {{key}}"}"""),
            "another identity" => Reply.Json(200, $$"""{"access_token":"","error":"{{header}}","error_description":"{{quoted}}"}"""),
            "a reset" => Reply.ResetMidBody(200, Scene.Body(token, expiry)),
            "a redirect to the secret" => Reply.Redirect($"http://127.0.0.1:9/{header}/{token}"),
            _ => Reply.Text(500, quoted),
        };
    }

    /// <summary>Everything that metrics, traces and the test itself give out as text.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly List<string> _texts = [];
        private readonly MeterListener _metrics = new();
        private readonly ActivityListener _traces;

        public Collector()
        {
            _metrics.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Keyless")
                    listener.EnableMeasurementEvents(instrument);
            };
            _metrics.SetMeasurementEventCallback<double>((_, _, tags, _) => Add(tags));
            _metrics.SetMeasurementEventCallback<long>((_, _, tags, _) => Add(tags));
            _metrics.Start();
            _traces = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == "Keyless",
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => Add([.. activity.TagObjects, new("name", activity.DisplayName), new("status", activity.StatusDescription)]),
            };
            ActivitySource.AddActivityListener(_traces);
        }

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_texts)
                    return [.. _texts];
            }
        }

        public void Add(params string?[] texts)
        {
            lock (_texts)
                _texts.AddRange(texts.OfType<string>());
        }

        public void Dispose()
        {
            _metrics.Dispose();
            _traces.Dispose();
        }

        private void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (name, value) in tags)
                Add($"{name}={value}");
        }
    }

    /// <summary>A directory with one key file.</summary>
    private sealed class KeyDirectory : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("keyless-keys-");

        public KeyDirectory(string key)
        {
            File = System.IO.Path.Combine(Path, "agent.key");
            System.IO.File.WriteAllText(File, key);
        }

        public string Path => _directory.FullName;

        public string File { get; }

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
