using System.Text.RegularExpressions;

namespace Keyless.Emulator.Tests.Transcripts;

/// <summary>Compares an answer with what a transcript has of it.</summary>
internal static class WirePattern
{
    private const string Guid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private const string Token = @"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+";

    private static readonly (string Mark, string Pattern)[] Marks =
    [
        ("{token}", Token),
        ("{guid}", Guid),
        ("{length}", "[1-9][0-9]{2,3}"),
        ("{key-file}", @"(/|[A-Z]:\\)[^=""\s]+\.key"),
        ("{version}", "[0-9.]+"),
        ("{etag}", "[0-9A-F]{32}"),
        ("{host}", @"127\.0\.0\.1:[0-9]+"),
        ("{authority}", @"https?://127\.0\.0\.1:[0-9]+"),
    ];

    /// <summary>Whether a line is the one that the transcript has.</summary>
    public static bool Matches(string expected, string actual)
    {
        var pattern = Regex.Escape(expected);
        foreach (var (mark, text) in Marks)
            pattern = pattern.Replace(Regex.Escape(mark), text, StringComparison.Ordinal);
        return Regex.IsMatch(actual, $"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(10));
    }
}
