using Keyless.Cli.Output;

namespace Keyless.Cli.Tests.Output;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 14, 23, 26, 53, 999, TimeSpan.FromHours(2));

    [Fact]
    public void times_are_utc()
    {
        Assert.Equal("2026-03-14 21:26:53Z", TimeText.Utc(Time));
        Assert.Equal("2026-03-14T21:26:53Z", TimeText.Iso(Time));
        Assert.Equal("Mar 14 21:26", TimeText.Short(Time));
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(3_600, "1 h")]
    [InlineData(86_399, "23 h 59 min")]
    [InlineData(90_000, "25 h")]
    [InlineData(172_800, "2 d")]
    [InlineData(180_000, "2 d 2 h")]
    public void a_length_has_at_most_two_units(int seconds, string text) =>
        Assert.Equal(text, TimeText.Length(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void a_time_is_ahead_or_ago()
    {
        Assert.Equal("in 5 min", TimeText.Relative(Time.AddMinutes(5), Time));
        Assert.Equal("5 min ago", TimeText.Relative(Time.AddMinutes(-5), Time));
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(18.44, "18.4 ns")]
    [InlineData(9.991, "9.99 ns")]
    [InlineData(999.4, "999 ns")]
    [InlineData(1_500, "1.50 us")]
    [InlineData(12_345_678, "12.3 ms")]
    [InlineData(1_230_000_000, "1.23 s")]
    [InlineData(100_000_000_000, "100 s")]
    public void a_measured_time_has_three_digits(double nanoseconds, string text) =>
        Assert.Equal(text, TimeText.MeasuredNanoseconds(nanoseconds));
}
