using System.Text.Json;
using Keyless.Cli.Output;
using Keyless.Emulator.Tokens;

namespace Keyless.Cli.Decoding;

/// <summary>What a token says, for people: each member with its meaning.</summary>
internal static class DecodedView
{
    // As wide as a GUID: most values fit, and the meanings stand in one column.
    private const int ValueWidth = 36;
    private const int Gap = 2;
    private const int NarrowestMeaning = 30;

    public static void Write(Page page, JsonWebToken token, DateTimeOffset now)
    {
        var nameWidth = 0;
        foreach (var member in token.Header.EnumerateObject().Concat(token.Claims.EnumerateObject()))
            nameWidth = Math.Max(nameWidth, member.Name.Length);

        page.Line("Header", Ink.Strong);
        foreach (var member in token.Header.EnumerateObject())
            WriteMember(page, nameWidth, member, ClaimGuide.ExplainHeader(member.Name, member.Value));

        page.Line();
        page.Line("Claims", Ink.Strong);
        foreach (var member in token.Claims.EnumerateObject())
            WriteMember(page, nameWidth, member, ClaimGuide.ExplainClaim(member.Name, member.Value, now));

        page.Line();
        if (token.TimeOf("exp") is { } expires && expires <= now)
            page.Line($"The token has expired, {TimeText.Relative(expires, now)}.", Ink.Bad);
        page.Paragraph("The signature was not verified, and nothing was sent.", ink: Ink.Faint);
    }

    private static void WriteMember(Page page, int nameWidth, JsonProperty member, string meaning)
    {
        var valueAt = Gap + nameWidth + Gap;
        var meaningAt = valueAt + ValueWidth + Gap;
        var beside = page.Width - meaningAt >= NarrowestMeaning;
        var name = Printable.Of(member.Name).PadRight(nameWidth + Gap);
        var line = new string(' ', Gap) + name + Printable.Of(ClaimGuide.Show(member.Name, member.Value));
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
