using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Keyless.Diagnostics;

/// <summary>The meter and the activity source, both named <c>Keyless</c>. No ids and no tokens in any tag.</summary>
internal static class Telemetry
{
    private const string Name = "Keyless";

    private static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Counter<long> CacheHits = Meter.CreateCounter<long>(
        "keyless.cache.hits", unit: "{token}", description: "Tokens handed out from the cache.");

    public static readonly Histogram<double> AcquisitionDuration = Meter.CreateHistogram<double>(
        "keyless.acquisition.duration", unit: "s", description: "Time of acquisitions from an endpoint, retries included, by source, reason and outcome.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "keyless.retries", unit: "{attempt}", description: "Attempts after the first, by source.");

    /// <summary>Counts a token that came from the cache; costs next to nothing if nobody listens.</summary>
    public static void CacheHit()
    {
        if (CacheHits.Enabled)
            CacheHits.Add(1);
    }

    public static Activity? StartAcquisition(SourceKind source, AcquisitionReason reason)
    {
        var activity = Activities.StartActivity("Keyless.Acquire", ActivityKind.Client);
        activity?.SetTag("keyless.source", source.ToString());
        activity?.SetTag("keyless.reason", reason.ToString());
        return activity;
    }

    public static void Acquired(Activity? activity, SourceKind source, AcquisitionReason reason, TokenFailure? failure, TimeSpan elapsed)
    {
        var outcome = failure is null ? "success" : failure.Kind.ToString();
        if (AcquisitionDuration.Enabled)
        {
            AcquisitionDuration.Record(
                elapsed.TotalSeconds,
                new KeyValuePair<string, object?>("keyless.source", source.ToString()),
                new KeyValuePair<string, object?>("keyless.reason", reason.ToString()),
                new KeyValuePair<string, object?>("keyless.outcome", outcome));
        }

        activity?.SetTag("keyless.outcome", outcome);

        // A machine without a managed identity is no error of the program that asks.
        if (failure is { IsFallbackSafe: false })
            activity?.SetStatus(ActivityStatusCode.Error, failure.Kind.ToString());
    }
}
