using System.Text.Json;
using Keyless.Cli.Decoding;
using Keyless.Cli.Output;
using Keyless.Emulator.Tokens;

namespace Keyless.Cli.Administration;

/// <summary>What an emulator found out about a token, for people.</summary>
internal static class InspectionView
{
    public static void Write(Page page, JsonElement answer)
    {
        if (answer.GetProperty("header") is { ValueKind: JsonValueKind.Object } header)
        {
            DecodedView.Write(
                page,
                DecodedView.HeaderOf(header),
                [.. answer.GetProperty("explanations").EnumerateArray().Select(Explanation)]);
            page.Line();
        }

        var table = new TextTable(new Column("Check"), new Column("Result"), new Column("What was found", MayFold: true));
        foreach (var verdict in answer.GetProperty("verdicts").EnumerateArray())
        {
            var ok = verdict.GetProperty("ok").GetBoolean();
            table.Add(
                verdict.GetProperty("check").GetString()!,
                new Cell(ok ? "ok" : "wrong", ok ? Ink.Good : Ink.Bad),
                Printable.Of(verdict.GetProperty("text").GetString()!));
        }

        table.WriteTo(page);
        page.Line();
        if (answer.GetProperty("accepted").GetBoolean())
            page.Line("Accepted.", Ink.Good);
        else
            page.Line($"Refused: {answer.GetProperty("reason").GetString()}.", Ink.Bad);
    }

    private static Said Explanation(JsonElement json) => new(
        json.GetProperty("claim").GetString()!, json.GetProperty("value").GetString()!, json.GetProperty("meaning").GetString()!);
}
