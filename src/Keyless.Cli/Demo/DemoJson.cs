using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Demo;

/// <summary>The demo's outcome, for programs.</summary>
internal sealed record DemoJson(IReadOnlyList<DemoRowJson> Rows)
{
    public static DemoJson Of(IReadOnlyList<DemoRow> rows) => new([.. rows.Select(DemoRowJson.Of)]);
}

/// <summary>One source's outcome.</summary>
internal sealed record DemoRowJson(
    string Source,
    string Identity,
    string Resource,
    bool? SignatureVerified,
    string? ExpiresOn,
    double? FirstCallMs,
    double? CacheHitNs,
    string? Problem)
{
    public static DemoRowJson Of(DemoRow row) => new(
        SourceName.Of(row.Source),
        row.Identity,
        row.Resource,
        row.Verified,
        row.ExpiresOn is { } expires ? TimeText.Iso(expires) : null,
        row.FirstCall is { } took ? Math.Round(took.TotalMilliseconds, 3) : null,
        row.HitNanoseconds is { } hit ? Math.Round(hit, 1) : null,
        row.Problem);
}
