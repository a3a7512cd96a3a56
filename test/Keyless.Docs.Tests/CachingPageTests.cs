using System.Globalization;
using System.Text;
using Keyless.Caching;
using Keyless.Docs.Tests.Pages;

namespace Keyless.Docs.Tests;

/// <summary>docs/caching.md says what <see cref="RefreshSchedule"/> does.</summary>
public sealed class CachingPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void its_examples_are_those_of_the_schedule()
    {
        var text = new StringBuilder("| A token that lives | is renewed after | and handed out for |\n|---|---|---|\n");
        foreach (var lifetime in new[] { 24 * 60, 8 * 60, 2 * 60, 60, 15, 4 }.Select(static minutes => TimeSpan.FromMinutes(minutes)))
        {
            var latest = RefreshSchedule.RefreshOn(Now, lifetime, refreshIn: null, random: 0) - Now;
            var earliest = RefreshSchedule.RefreshOn(Now, lifetime, refreshIn: null, random: 1) - Now;
            var served = RefreshSchedule.ServedUntil(Now + lifetime, lifetime, new ManagedIdentityOptions().ExpirySkew) - Now;
            text.Append(CultureInfo.InvariantCulture, $"| {Text(lifetime)} | {Text(earliest)} to {Text(latest)} | {Text(served)} |\n");
        }

        Written.Check("docs/caching.md", "schedule", text.ToString());
    }

    [Fact]
    public void renewals_that_fail_are_repeated_after_the_pauses_on_the_page()
    {
        var remaining = TimeSpan.FromHours(12);

        Assert.Equal(TimeSpan.FromSeconds(30), RefreshSchedule.BackOff(remaining, retryAfter: null, random: 0));
        Assert.Equal(TimeSpan.FromHours(6), RefreshSchedule.BackOff(remaining, retryAfter: null, random: 1));
        Assert.Equal(TimeSpan.FromSeconds(15), RefreshSchedule.BackOff(TimeSpan.FromMinutes(1), retryAfter: null, random: 0));
        Assert.Equal(TimeSpan.FromSeconds(1), RefreshSchedule.BackOff(TimeSpan.Zero, retryAfter: null, random: 0));
        Assert.Equal(TimeSpan.FromMinutes(5), RefreshSchedule.BackOff(remaining, TimeSpan.FromMinutes(5), random: 0));
        Assert.Equal(TimeSpan.FromSeconds(75), RefreshSchedule.BackOff(TimeSpan.Zero, TimeSpan.FromMinutes(1), random: 1));
    }

    private static string Text(TimeSpan time)
    {
        var parts = new List<string>();
        if (time.TotalHours >= 1)
            parts.Add($"{(int)time.TotalHours} h");
        if (time.Minutes > 0)
            parts.Add($"{time.Minutes} min");
        if (time.Seconds > 0)
            parts.Add($"{time.Seconds} s");
        return string.Join(' ', parts);
    }
}
