using System.Diagnostics;
using System.Reflection;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Demo;

/// <summary>The demo's outcome, for people.</summary>
internal static class DemoView
{
    public static void WriteOpening(Page page)
    {
        page.Paragraph("Keyless demo: a token from every kind of managed identity endpoint, emulated on this machine.", ink: Ink.Strong);
        page.Paragraph("No Azure, no secrets, nothing leaves the machine.", ink: Ink.Faint);
        page.Line();
    }

    public static void WriteOutcome(Page page, IReadOnlyList<DemoRow> rows)
    {
        var table = new TextTable(
            new Column("Source"),
            new Column("Identity"),
            new Column("Audience", MayFold: true),
            new Column("Signature"),
            new Column("Expires UTC"),
            new Column("First call", AlignRight: true),
            new Column("Cached", AlignRight: true));
        foreach (var row in rows)
        {
            table.Add(
                SourceName.Of(row.Source),
                row.Identity,
                row.Resource,
                Signature(row),
                row.ExpiresOn is { } expires ? TimeText.Short(expires) : "-",
                row.FirstCall is { } took ? TimeText.Measured(took) : "-",
                row.HitNanoseconds is { } hit ? TimeText.MeasuredNanoseconds(hit) : "-");
        }

        table.WriteTo(page);
        page.Line();
        foreach (var row in rows.Where(row => row.Problem is not null))
        {
            page.Paragraph($"{SourceName.Of(row.Source)}: {row.Problem}", ink: row.Verified is false ? Ink.Bad : Ink.Warning);
            page.Line();
        }

        page.Paragraph("Each token came through the real client and was verified here with the public keys that the issuer serves.");
        if (IsDebugBuild)
            page.Paragraph("This is a debug build, several times slower than a release build (dotnet run -c Release).", ink: Ink.Warning);
        page.Line();
        page.Line("Next:", Ink.Strong);
        new FactList
        {
            { "keyless detect", "which source this machine has, and why" },
            { "keyless token RESOURCE", "a token from it (on a development machine: --emulate imds)" },
            { "keyless emulate", "these endpoints for your own programs, in any language" },
        }.WriteTo(page);
    }

    private static bool IsDebugBuild =>
        typeof(ManagedIdentityClient).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private static Cell Signature(DemoRow row) => row.Verified switch
    {
        true => new Cell("valid", Ink.Good),
        false => new Cell("INVALID", Ink.Bad),
        null => new Cell("not run", Ink.Warning),
    };
}
