namespace Keyless.Benchmarks.Results;

/// <summary>One row of the comparison.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Keyless">What Keyless came to.</param>
/// <param name="Other">What MSAL.NET came to, or whom the row names.</param>
/// <param name="Ratio">The ratio that the goal is about.</param>
/// <param name="Goal">The goal; empty if there is none.</param>
/// <param name="Met">Whether it is met; null if there is none.</param>
internal sealed record Row(string What, string Keyless, string Other, string Ratio, string Goal = "", bool? Met = null)
{
    public override string ToString() =>
        $"| {What} | {Keyless} | {Other} | {Ratio} | {Goal} | {Met switch { true => "met", false => "**missed**", null => "" }} |";
}
