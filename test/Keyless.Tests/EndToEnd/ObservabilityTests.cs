using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Keyless.Testing;
using Microsoft.Extensions.Logging;

namespace Keyless.Tests.EndToEnd;

/// <summary>What logs, metrics and traces say, and that they are silent where nothing happened.</summary>
public sealed class ObservabilityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_acquisition_is_two_log_entries_and_a_hit_is_none()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.Token());
        var client = scene.Client();

        await client.GetTokenAsync(Scene.Resource, Cancellation);
        await client.GetTokenAsync(Scene.Resource, Cancellation);

        Assert.Equal([1, 2], scene.Logs.Entries.Select(static entry => entry.EventId.Id));
    }

    [Fact]
    public async Task A_machine_without_a_managed_identity_is_one_entry_of_information_and_no_error()
    {
        using var closed = new ClosedPort();
        using var handler = new Redirector(() => closed.Port);
        var logs = new LogRecorder();
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = new DescribedMachine(), Handler = handler, LoggerFactory = logs });

        await client.TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation);

        var entry = Assert.Single(logs.Entries, static entry => entry.Level >= LogLevel.Information);
        Assert.Equal((6, LogLevel.Information), (entry.EventId.Id, entry.Level));
    }

    [Fact]
    public async Task Acquisitions_are_measured_and_traced_by_source_reason_and_outcome()
    {
        // Listeners hear the whole process: this resource's correlation is by the caller's own trace.
        using var caller = new Activity("caller").Start();
        var activities = new ConcurrentQueue<Activity>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Keyless",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(traces);
        var measured = new ConcurrentQueue<Dictionary<string, object?>>();
        using var metrics = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Keyless", Name: "keyless.acquisition.duration" })
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        metrics.SetMeasurementEventCallback<double>((_, _, tags, _) => measured.Enqueue(new Dictionary<string, object?>(tags.ToArray())));
        metrics.Start();
        await using var scene = Scene.Of(SourceKind.MachineLearning, Reply.Json(400, """{"statusCode":400,"message":"no"}"""));

        await scene.Client().TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation);

        var activity = Assert.Single(activities, own => own.TraceId == caller.TraceId);
        Assert.Equal("Keyless.Acquire", activity.OperationName);
        Assert.Equal("MachineLearning", activity.GetTagItem("keyless.source"));
        Assert.Equal("RequestRefused", activity.GetTagItem("keyless.outcome"));
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.Contains(measured, static tags => tags is { Count: 3 }
            && Equals(tags["keyless.source"], "MachineLearning")
            && Equals(tags["keyless.reason"], "NoCachedToken")
            && Equals(tags["keyless.outcome"], "RequestRefused"));
    }
}
