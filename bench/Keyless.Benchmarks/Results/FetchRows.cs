using Keyless.Benchmarks.Comparison;
using static Keyless.Benchmarks.Results.Numbers;

namespace Keyless.Benchmarks.Results;

/// <summary>A token from the endpoint over an open connection.</summary>
internal static class FetchRows
{
    private const double MostTime = 1.15;
    private const int MostBytes = 6 * 1024;

    public static IEnumerable<Row> Create(MicroResults micro)
    {
        if (micro.Find<Fetches>(nameof(Fetches.Keyless)) is not { } keyless)
            yield break;

        if (micro.Find<Fetches>(nameof(Fetches.Bare)) is { } bare)
        {
            var ratio = keyless.Nanoseconds / bare.Nanoseconds;
            yield return new Row(
                "warm fetch over loopback, time; beside a bare `HttpMessageInvoker`",
                Nanoseconds(keyless.Nanoseconds),
                $"bare {Nanoseconds(bare.Nanoseconds)}",
                $"{Ratio(ratio)} of the bare one",
                "≤ 1.15×",
                ratio <= MostTime);
            yield return new Row(
                "warm fetch over loopback, allocated",
                Bytes(keyless.Bytes),
                $"bare {Bytes(bare.Bytes)}",
                $"{Ratio((double)keyless.Bytes / bare.Bytes)} of the bare one",
                "≤ 6,144 B",
                keyless.Bytes <= MostBytes);
        }

        if (micro.Find<Fetches>(nameof(Fetches.MsalNet)) is { } msalNet)
            yield return new Row("warm fetch over loopback", Of(keyless), Of(msalNet), Ratio(msalNet.Nanoseconds / keyless.Nanoseconds));
    }
}
