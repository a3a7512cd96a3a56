using System.Diagnostics.Metrics;
using Keyless.Diagnostics;

namespace Keyless.Tests.Diagnostics;

public sealed class TelemetryTests
{
    [Theory]
    [InlineData(null, "success")]
    [InlineData(FailureKind.Throttled, "Throttled")]
    public void An_acquisition_is_measured_without_any_id(FailureKind? kind, string outcome)
    {
        var failure = kind is { } failed
            ? new TokenFailure(failed, "x") { CorrelationId = Samples.CorrelationId, Resource = Samples.Resource }
            : null;
        var measured = new List<string>();
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            // Other tests may measure at the same time.
            var labels = tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}");
            if (value == 2.5)
                measured.Add($"{instrument.Meter.Name} {instrument.Name} {instrument.Unit} {string.Join(' ', labels)}");
        });
        listener.EnableMeasurementEvents(Telemetry.AcquisitionDuration);

        Telemetry.Acquired(activity: null, SourceKind.AppService, AcquisitionReason.Expired, failure, TimeSpan.FromSeconds(2.5));

        Assert.Equal(
            $"Keyless keyless.acquisition.duration s keyless.source=AppService keyless.reason=Expired keyless.outcome={outcome}",
            Assert.Single(measured));
    }
}
