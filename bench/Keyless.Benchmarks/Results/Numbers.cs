using System.Globalization;

namespace Keyless.Benchmarks.Results;

/// <summary>Numbers as the tables show them.</summary>
internal static class Numbers
{
    public static string Of(Micro micro) => $"{Nanoseconds(micro.Nanoseconds)}, {Bytes(micro.Bytes)}";

    public static string Nanoseconds(double nanoseconds) => nanoseconds switch
    {
        < 100 => Format($"{nanoseconds:0.0} ns"),
        < 10_000 => Format($"{nanoseconds:#,0} ns"),
        < 1_000_000 => Format($"{nanoseconds / 1_000:0.0} µs"),
        _ => Format($"{nanoseconds / 1_000_000:0.0} ms"),
    };

    public static string Bytes(double bytes) => Format($"{bytes:#,0} B");

    public static string Ratio(double ratio) => ratio >= 10 ? Format($"{ratio:#,0}×") : Format($"{ratio:0.00}×");

    public static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
