using System.Text.RegularExpressions;

namespace Keyless.Msal.Tests.Comparison;

/// <summary>A difference that is meant. The page on migration shows it.</summary>
/// <param name="What">What differs, for people.</param>
/// <param name="InMsal">What MSAL.NET does.</param>
/// <param name="Here">What this library does.</param>
/// <param name="Why">The reason.</param>
internal sealed record KnownDifference(string What, string InMsal, string Here, string Why)
{
    /// <summary>Where it shows: case, fact, MSAL.NET's value, ours. A star stands for anything; a call's number is left out of the fact.</summary>
    public required (string Case, string Fact, string Msal, string Ours)[] Shows { get; init; }

    public bool Covers(Difference found) => Shows.Any(row =>
        Fits(row.Case, found.Case) && Fits(row.Fact, found.Fact) && Fits(row.Msal, found.Msal) && Fits(row.Ours, found.Ours));

    internal static bool Fits(string pattern, string value) =>
        Regex.IsMatch(value, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
}

/// <summary>A fact that came out differently.</summary>
internal sealed record Difference(string Case, string Fact, string Msal, string Ours)
{
    public override string ToString() => $"{Case}: {Fact}: MSAL.NET '{Msal}', here '{Ours}'";
}
