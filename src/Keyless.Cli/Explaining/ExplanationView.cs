using System.Globalization;
using Keyless.Cli.Output;

namespace Keyless.Cli.Explaining;

/// <summary>What a term means, for people.</summary>
internal static class ExplanationView
{
    private const int Indent = 2;

    public static void Write(Page page, Explanation explanation)
    {
        page.Paragraph($"{page.Paint(explanation.Term, Ink.Strong)}: {What(explanation)}");
        if (explanation.Type == TermType.FailureKind)
        {
            WriteFacts(page, explanation.Kinds[0]);
            WriteAdvice(page, explanation.Meaning, explanation.Cure);
            return;
        }

        WriteAdvice(page, explanation.Meaning, explanation.Cure);
        if (explanation.Kinds.Count == 0)
            return;

        page.Line();
        page.Line(Heading(explanation), Ink.Strong);
        foreach (var guide in explanation.Kinds)
        {
            page.Line();
            page.Line($"{new string(' ', Indent)}{guide.Kind}, {Passes(guide)}", Ink.Strong);
            page.Paragraph(guide.Meaning, Indent);
            page.Paragraph($"What to do: {guide.Cure}", Indent);
        }
    }

    /// <summary>All kinds, one line each.</summary>
    public static void WriteKinds(Page page)
    {
        var width = FailureGuide.All.Max(guide => guide.Kind.ToString().Length);
        page.Line(Row("Kind", "Exit", "Passes") + "Meaning", Ink.Strong);

        // Not a TextTable: the meanings are sentences, to be wrapped in their column.
        foreach (var guide in FailureGuide.All)
        {
            var row = Row(guide.Kind.ToString(), ExitCode(guide), guide.IsTransient ? "maybe" : "no");
            page.Paragraph(guide.Meaning, row.Length, first: row);
        }

        page.Line();
        page.Paragraph(
            "Exit is this tool's exit code; what passes may succeed later without a change. 'keyless explain KIND' says what to do. "
            + "Error codes of MSAL.NET, exit codes and AADSTS numbers are explained, too.",
            ink: Ink.Faint);

        string Row(string kind, string exit, string passes) => $"{kind.PadRight(width)}  {exit,4}  {passes,-6}  ";
    }

    private static void WriteFacts(Page page, FailureGuide guide)
    {
        page.Line();
        new FactList
        {
            { "error code", guide.ErrorCode },
            { "exit code", ExitCode(guide) },
            { "try again", guide.IsTransient ? "may help" : "won't help as things are" },
        }.WriteTo(page);
    }

    private static void WriteAdvice(Page page, string? meaning, string? cure)
    {
        if (meaning is null && cure is null)
            return;

        page.Line();
        if (meaning is not null)
            page.Paragraph(meaning);
        if (cure is not null)
            page.Paragraph($"What to do: {cure}", ink: Ink.Strong);
    }

    private static string What(Explanation explanation) => explanation.Type switch
    {
        TermType.FailureKind => "a kind of failure",
        TermType.ErrorCode when explanation.SameAs is { } code => $"the same as {code}, an error code of MSAL.NET",
        TermType.ErrorCode => "an error code of MSAL.NET",
        TermType.ExitCode => "an exit code of this tool",
        _ => "an error of Entra ID",
    };

    private static string Heading(Explanation explanation) => (explanation.Type, explanation.Kinds.Count) switch
    {
        (TermType.EntraError, _) => "An endpoint's answer that holds it is this kind of failure:",
        (_, 1) => "It stands for one kind of failure:",
        (_, var count) => string.Create(
            CultureInfo.InvariantCulture, $"It stands for {count} kinds of failure; the message that Keyless gives names the kind:"),
    };

    private static string Passes(FailureGuide guide) =>
        guide.IsTransient ? "transient: may pass by itself" : "permanent: somebody must change something";

    private static string ExitCode(FailureGuide guide) => ExitCodes.For(guide.Kind).ToString(CultureInfo.InvariantCulture);
}
