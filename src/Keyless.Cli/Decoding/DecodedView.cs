using System.Text.Json;
using Keyless.Cli.Output;
using Keyless.Emulator.Tokens;

namespace Keyless.Cli.Decoding;

/// <summary>A member of a token's header or claims, as people read it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Meaning">What it means; empty where nobody knows.</param>
internal readonly record struct Said(string Name, string Value, string Meaning);

/// <summary>What a token says, for people: each member with its meaning.</summary>
internal static class DecodedView
{
    // As wide as a GUID: most values fit, and the meanings stand in one column.
    private const int ValueWidth = 36;
    private const int Gap = 2;
    private const int NarrowestMeaning = 30;

    public static void Write(Page page, JsonWebToken token, DateTimeOffset now)
    {
        Write(
            page,
            HeaderOf(token.Header),
            Members(token.Claims, member => ClaimGuide.ExplainClaim(member.Name, member.Value, now)));
        page.Line();
        if (token.TimeOf("exp") is { } expires && expires <= now)
            page.Line($"The token has expired, {TimeText.Relative(expires, now)}.", Ink.Bad);
        page.Paragraph("The signature was not verified, and nothing was sent.", ink: Ink.Faint);
    }

    public static void Write(Page page, IReadOnlyList<Said> header, IReadOnlyList<Said> claims)
    {
        var nameWidth = header.Concat(claims).Select(member => member.Name.Length).DefaultIfEmpty().Max();
        page.Line("Header", Ink.Strong);
        foreach (var member in header)
            WriteMember(page, nameWidth, member);

        page.Line();
        page.Line("Claims", Ink.Strong);
        foreach (var member in claims)
            WriteMember(page, nameWidth, member);
    }

    public static IReadOnlyList<Said> HeaderOf(JsonElement json) =>
        Members(json, member => ClaimGuide.ExplainHeader(member.Name, member.Value));

    private static Said[] Members(JsonElement json, Func<JsonProperty, string> explain) =>
        [.. json.EnumerateObject().Select(member => new Said(member.Name, ClaimGuide.Show(member.Name, member.Value), explain(member)))];

    private static void WriteMember(Page page, int nameWidth, Said member)
    {
        var valueAt = Gap + nameWidth + Gap;
        var meaningAt = valueAt + ValueWidth + Gap;
        var beside = page.Width - meaningAt >= NarrowestMeaning;
        var name = Printable.Of(member.Name).PadRight(nameWidth + Gap);
        var line = new string(' ', Gap) + name + Printable.Of(member.Value);
        var meaning = member.Meaning;
        if (meaning.Length > 0 && beside && line.Length <= meaningAt - Gap && meaningAt + meaning.Length <= page.Width)
        {
            page.Line(line.PadRight(meaningAt) + page.Paint(meaning, Ink.Faint));
            return;
        }

        page.Line(line);
        if (meaning.Length > 0)
            page.Paragraph(meaning, indent: beside ? meaningAt : valueAt, Ink.Faint);
    }
}
