using System.Text;
using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

public sealed class RetryAfterTests
{
    private static readonly string[] Cultures = ["", "en-US", "en-GB", "de-DE", "th-TH", "fa-IR", "ar-SA"];

    // Noon of Sunday, 18 October 2026.
    [Theory]
    [InlineData("1", 1)]
    [InlineData("120", 120)]
    [InlineData(" 5 ", 5)]
    [InlineData("007", 7)]
    [InlineData("1.5", 1.5)]
    [InlineData(".25", 0.25)]
    [InlineData("86400", 86_400)]
    [InlineData("Sun, 18 Oct 2026 12:00:30 GMT", 30)]
    [InlineData("Mon, 19 Oct 2026 12:00:00 GMT", 86_400)]
    [InlineData("86401", 86_400)]
    [InlineData("99999999999999999999999999", 86_400)]
    [InlineData("Mon, 19 Oct 2026 12:00:01 GMT", 86_400)]
    [InlineData("Tue, 18 Oct 2033 12:00:00 GMT", 86_400)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 86_400)]
    [InlineData("Sunday, 18-Oct-26 12:01:00 GMT", 60)]
    [InlineData("Sun Oct 18 12:01:00 2026", 60)]
    public void A_pause_is_read_in_every_form_and_culture_up_to_a_day(string header, double seconds)
    {
        foreach (var culture in Cultures)
        {
            using var _ = new CultureScope(culture);
            Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(header, Samples.Now));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("-1")]
    [InlineData("+5")]
    [InlineData("soon")]
    [InlineData("5s")]
    [InlineData("5 seconds")]
    [InlineData("1,5")]
    [InlineData("1.5.5")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("٥")]
    [InlineData("12:30")]
    [InlineData("10/19")]
    [InlineData("October 19")]
    [InlineData("Sun, 18 Oct 2026 11:59:59 GMT")]
    [InlineData("Sun, 18 Oct 2026 12:00:00 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("Mon, 18 Oct 2026 12:00:30 GMT")]
    public void Nonsense_and_the_past_are_no_pause(string? header)
    {
        foreach (var culture in Cultures)
        {
            using var _ = new CultureScope(culture);
            Assert.Null(RetryAfter.Read(header, Samples.Now));
        }
    }

    [Theory]
    [InlineData("Too many requests. Retry after 5 seconds.", 5)]
    [InlineData("Request was throttled, retry after 30s", 30)]
    [InlineData("RETRY AFTER: 12 sec", 12)]
    [InlineData("retry after = 7", 7)]
    [InlineData("retry after 16", 16)]
    [InlineData("retry after 999999 s", 86_400)]
    [InlineData("{\"error\":{\"code\":\"Throttled\",\"message\":\"Retry after 2 seconds\"}}", 2)]
    public void Service_Fabric_says_it_in_words(string body, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.ReadText(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("")]
    [InlineData("Too many requests")]
    [InlineData("Retry later")]
    [InlineData("Retry after")]
    [InlineData("Retry after a while")]
    [InlineData("Retry after 5 minutes")]
    [InlineData("Retry after 1.5 seconds")]
    [InlineData("Retry after -5 seconds")]
    [InlineData("Retry after 0 seconds")]
    [InlineData("Retry after 9999999999999999999 seconds")]
    [InlineData("Retry after \u0665 seconds")]
    public void Other_words_are_no_pause(string body) => Assert.Null(RetryAfter.ReadText(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Bytes_that_are_no_text_are_no_pause() => Assert.Null(RetryAfter.ReadText([0xff, 0xfe, 0x00, 0xd8, 0xc0]));

    [Fact]
    public void Only_the_beginning_of_a_long_body_is_looked_at()
    {
        var body = Encoding.UTF8.GetBytes(new string('x', 60_000) + " retry after 5 seconds");

        Assert.Null(RetryAfter.ReadText(body));
    }
}
