using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Measurements;
using static Keyless.Benchmarks.Results.Numbers;

namespace Keyless.Benchmarks.Results;

/// <summary>A token from the endpoint over an open connection.</summary>
internal static class FetchRows
{
    private const double MostTime = 1.15;
    private const int MostBytes = 6 * 1024;

    public static async Task<IReadOnlyList<Row>> CreateAsync(MeasurementProcess measure)
    {
        var result = await measure.RunAsync(WarmFetch.Name);
        var ratio = result[$"{KeylessCore.Name}.ratio"];
        var bytes = result[$"{KeylessCore.Name}.bytes"];
        return
        [
            new Row(
                "warm fetch over loopback, time; beside a bare `HttpMessageInvoker`",
                Time(KeylessCore.Name),
                $"bare {Time(WarmFetch.Bare)}",
                $"{Ratio(ratio)} of the bare one",
                "≤ 1.15×",
                ratio <= MostTime),
            new Row(
                "warm fetch over loopback, allocated",
                Bytes(bytes),
                $"bare {Size(WarmFetch.Bare)}",
                $"{Ratio(bytes / result[$"{WarmFetch.Bare}.bytes"])} of the bare one",
                "≤ 6,144 B",
                bytes <= MostBytes),
            new Row(
                "warm fetch over loopback",
                $"{Time(KeylessCore.Name)}, {Bytes(bytes)}",
                $"{Time(MsalNet.Name)}, {Size(MsalNet.Name)}",
                Ratio(result[$"{MsalNet.Name}.ratio"] / ratio)),
        ];

        string Time(string name) => Nanoseconds(result[$"{name}.ns"]);

        string Size(string name) => Bytes(result[$"{name}.bytes"]);
    }
}
