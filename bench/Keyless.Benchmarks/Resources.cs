using System.Globalization;

namespace Keyless.Benchmarks;

/// <summary>Names of resources, as many as are wanted.</summary>
internal static class Resources
{
    public static string[] Names(int count, string of = "resource") =>
        [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"https://{of}-{i}.example"))];
}
