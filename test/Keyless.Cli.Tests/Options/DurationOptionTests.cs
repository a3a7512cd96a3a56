using System.Globalization;
using Keyless.Cli.Options;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Options;

public sealed class DurationOptionTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5_000)]
    [InlineData("0.25s", 250)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1.5h", 5_400_000)]
    public void a_number_with_a_unit_is_a_time(string text, double milliseconds)
    {
        Assert.True(DurationOption.TryRead(text, out var time));
        Assert.Equal(milliseconds, time.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("5 s")]
    [InlineData("1:30")]
    [InlineData("5S")]
    [InlineData("5d")]
    [InlineData("5,5s")]
    [InlineData("1.2.3s")]
    [InlineData(".s")]
    [InlineData("1e3s")]
    [InlineData("NaNs")]
    [InlineData("99999999999999999999h")]
    public void anything_else_is_none(string text) => Assert.False(DurationOption.TryRead(text, out _));

    [Fact]
    public void a_culture_with_another_decimal_sign_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.True(DurationOption.TryRead("1.5s", out var time));
            Assert.Equal(1_500, time.TotalMilliseconds);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("5", "--timeout does not understand '5'. Give a number and a unit (ms, s, m or h), such as 500ms, 5s, 2m or 1.5h.")]
    [InlineData("0s", "--timeout is 0s, but must be from 1ms to 1h.")]
    [InlineData("2h", "--timeout is 2h, but must be from 1ms to 1h.")]
    public async Task an_error_says_what_was_given_and_what_is_taken(string text, string message)
    {
        var run = await new Tool().RunAsync("token", "https://vault.azure.net", "--timeout", text);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}\n", run.Error, StringComparison.Ordinal);
    }
}
