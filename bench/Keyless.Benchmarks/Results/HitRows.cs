using Keyless.Benchmarks.Comparison;
using static Keyless.Benchmarks.Results.Numbers;

namespace Keyless.Benchmarks.Results;

/// <summary>Hits, by every entrance and with many tokens beside.</summary>
internal static class HitRows
{
    private static readonly int[] Many = [100, 10_000];

    public static IEnumerable<Row> Create(MicroResults micro)
    {
        if (micro.Find<Hits>(nameof(Hits.MsalNet), 1) is not { } msalNet)
            yield break;

        if (micro.Find<Hits>(nameof(Hits.Keyless), 1) is { } client)
        {
            var ratio = msalNet.Nanoseconds / client.Nanoseconds;
            yield return new Row(
                "hit, `GetTokenAsync(resource)`", Of(client), Of(msalNet), Ratio(ratio), "≥ 200×, 0 B", ratio >= 200 && client.Bytes == 0);
            if (micro.Find<Hits>(nameof(Hits.KeylessHandle), 1) is { } handle)
            {
                yield return new Row(
                    "hit, bound handle",
                    Of(handle),
                    Of(msalNet),
                    Ratio(msalNet.Nanoseconds / handle.Nanoseconds),
                    "faster still, 0 B",
                    handle.Nanoseconds < client.Nanoseconds && handle.Bytes == 0);
            }

            if (micro.Find<AzureIdentityHit>(nameof(AzureIdentityHit.AzureIdentity)) is { } azure)
            {
                yield return new Row(
                    "hit, Azure.Identity in MSAL.NET's place", Of(client), Of(azure), Ratio(azure.Nanoseconds / client.Nanoseconds));
            }
        }

        if (micro.Find<Hits>(nameof(Hits.KeylessMsal), 1) is { } msal)
        {
            var ratio = msalNet.Nanoseconds / msal.Nanoseconds;
            yield return new Row(
                "hit, `Keyless.Msal`", Of(msal), Of(msalNet), Ratio(ratio), "≥ 40×, ≤ 128 B", ratio >= 40 && msal.Bytes <= 128);
        }

        foreach (var many in Many)
        {
            foreach (var (what, method) in new[]
                     {
                         ("`GetTokenAsync(resource)`", nameof(Hits.Keyless)),
                         ("the same by another string object", nameof(Hits.KeylessByText)),
                         ("`Keyless.Msal`", nameof(Hits.KeylessMsal)),
                     })
            {
                if (micro.Find<Hits>(method, 1) is { } one
                    && micro.Find<Hits>(method, many) is { } keyless
                    && micro.Find<Hits>(nameof(Hits.MsalNet), many) is { } other)
                {
                    var growth = keyless.Nanoseconds / one.Nanoseconds;
                    var otherGrowth = other.Nanoseconds / msalNet.Nanoseconds;
                    yield return new Row(
                        Format($"hit with {many:#,0} resources cached, {what}"),
                        Of(keyless),
                        Of(other),
                        $"{Ratio(growth)} the cost with one; MSAL.NET {Ratio(otherGrowth)}",
                        many == 10_000 ? "≤ 1.5×" : "",
                        many == 10_000 ? growth <= 1.5 : null);
                }
            }
        }
    }
}
