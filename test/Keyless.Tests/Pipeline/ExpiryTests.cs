using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

/// <summary>Every form in which hosts have been seen to say when a token expires, the same in every culture.</summary>
public sealed class ExpiryTests
{
    // 18 October 2026, 19:51:37 UTC.
    private const string Epoch = "1792353097";

    private static readonly DateTimeOffset Then = new(2026, 10, 18, 19, 51, 37, TimeSpan.Zero);

    private static readonly string[] Cultures = ["", "en-US", "en-GB", "de-DE", "th-TH", "fa-IR", "ar-SA"];

    private static readonly (string Text, DateTimeOffset Expected)[] Forms =
    [
        (Epoch, Then),
        (" 1792353097 ", Then),
        ("1792353097.9", Then),
        ("1.792353097E9", Then),
        ("1.792353097e+09", Then),
        ("+1792353097", Then),
        ("978307200", new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)),

        // Too small for a date of our days: seconds from now.
        ("3600", Samples.Now.AddHours(1)),
        ("86399", Samples.Now.AddSeconds(86_399)),
        ("3600.5", Samples.Now.AddHours(1)),
        ("978307199", Samples.Now.AddSeconds(978_307_199)),
        ("0", Samples.Now),
        ("-60", Samples.Now.AddMinutes(-1)),

        // 2017 App Service on Windows and on Linux.
        ("9/14/2017 12:00:00 PM +00:00", new(2017, 9, 14, 12, 0, 0, TimeSpan.Zero)),
        ("9/14/2017 12:00:00 AM +00:00", new(2017, 9, 14, 0, 0, 0, TimeSpan.Zero)),
        ("09/04/2017 1:05:09 am +00:00", new(2017, 9, 4, 1, 5, 9, TimeSpan.Zero)),
        ("9/14/2017 00:00:00 +00:00", new(2017, 9, 14, 0, 0, 0, TimeSpan.Zero)),
        ("9/14/2017 23:59:59 -07:00", new(2017, 9, 15, 6, 59, 59, TimeSpan.Zero)),
        ("10/18/2026 7:51:37 PM +00:00", Then),
        ("10/18/2026 7:51:37 PM", Then),
        ("10/18/2026 19:51:37 +00:00", Then),
        ("10/18/2026 21:51:37 +02:00", Then),
        ("10/18/2026 19:51:37", Then),
        ("4/5/2030 1:00:00 AM +00:00", new(2030, 4, 5, 1, 0, 0, TimeSpan.Zero)),

        ("2026-10-18 19:51:37", Then),
        ("2026-10-18 19:51:37Z", Then),
        ("2026-10-18 19:51:37 +00:00", Then),
        ("2026-10-18 21:51:37+02:00", Then),
        ("2026-10-18 19:51:37.0000000 +00:00", Then),
        ("2026-10-18T19:51:37", Then),
        ("2026-10-18T19:51:37Z", Then),
        ("2026-10-18T19:51:37+00:00", Then),
        ("2026-10-18T19:51:37.0000000+00:00", Then),
        ("2026-10-18T19:51:37.0000000Z", Then),
        ("2026-10-18T21:51:37.0000000+02:00", Then),
        ("2026-10-18T19:51:37.123456Z", Then.AddTicks(1_234_560)),
        ("2026-10-18T19:51:37.5Z", Then.AddMilliseconds(500)),
    ];

    public static TheoryData<string> AllCultures() => [.. Cultures];

    [Theory]
    [MemberData(nameof(AllCultures))]
    public void Every_form_is_read_the_same_everywhere(string culture)
    {
        using var _ = new CultureScope(culture);
        foreach (var (text, expected) in Forms)
        {
            var read = Expiry.Read(text, expiresIn: null, Samples.Now);

            Assert.True(expected == read, $"'{text}' was read as {read?.UtcDateTime:s}");
            Assert.Equal(TimeSpan.Zero, read!.Value.Offset);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("never")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("∞")]
    [InlineData("1e999")]
    [InlineData("0x6AD3CA49")]
    [InlineData("1,792,353,097")]
    [InlineData("1.792.353.097")]
    [InlineData("3600s")]
    [InlineData("1 hour")]
    [InlineData("PT1H")]
    [InlineData("01:00:00")]
    [InlineData("١٧٩٢٣٥٣٠٩٧")]
    [InlineData("18/10/2026 19:51:37")]
    [InlineData("18.10.2026 19:51:37")]
    [InlineData("13/13/2026 19:51:37")]
    [InlineData("2/30/2026 19:51:37")]
    [InlineData("10/18/2026")]
    [InlineData("2026-10-18")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-10-18T25:00:00Z")]
    [InlineData("2026-10-18T19:51:37+99:00")]
    [InlineData("18 ต.ค. 2569 19:51:37")]
    [InlineData("2026-10-18T19:51:37Zjunk")]
    [InlineData("1792353097 1792353097")]
    public void Nonsense_is_not_read(string text)
    {
        foreach (var culture in Cultures)
        {
            using var _ = new CultureScope(culture);
            Assert.Null(Expiry.Read(text, expiresIn: null, Samples.Now));
            Assert.Null(Expiry.ReadDuration(text));
        }
    }

    [Theory]
    [InlineData(Epoch, "3600", "2026-10-18T19:51:37Z")]
    [InlineData(Epoch, null, "2026-10-18T19:51:37Z")]
    [InlineData(Epoch, "nonsense", "2026-10-18T19:51:37Z")]
    [InlineData("3600", "7200", "2026-10-18T13:00:00Z")]
    [InlineData(null, "3600", "2026-10-18T13:00:00Z")]
    [InlineData("", "3600", "2026-10-18T13:00:00Z")]
    [InlineData("nonsense", "3600", "2026-10-18T13:00:00Z")]
    [InlineData(null, "3599.9", "2026-10-18T12:59:59Z")]
    [InlineData(null, "0", "2026-10-18T12:00:00Z")]
    [InlineData(null, "-1", "2026-10-18T11:59:59Z")]
    [InlineData(null, null, null)]
    [InlineData(null, "2026-10-18T19:51:37Z", null)]
    [InlineData("nonsense", "nonsense", null)]
    public void The_instant_is_preferred_to_the_duration(string? expiresOn, string? expiresIn, string? expected) => Assert.Equal(
        expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        Expiry.Read(expiresOn, expiresIn, Samples.Now));

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1e300")]
    [InlineData("1792353097000")]
    public void What_lies_beyond_the_calendar_is_late(string text)
    {
        Assert.True(Expiry.Read(text, expiresIn: null, Samples.Now) > Samples.Now.AddYears(1000));
        Assert.True(Expiry.Read(expiresOn: null, text, Samples.Now) > Samples.Now.AddYears(1000));
    }

    [Theory]
    [InlineData("-9223372036854775808")]
    [InlineData("-1e300")]
    public void What_lies_before_the_calendar_is_past(string text)
    {
        Assert.True(Expiry.Read(text, expiresIn: null, Samples.Now) < Samples.Now.AddYears(-1000));
        Assert.True(Expiry.Read(expiresOn: null, text, Samples.Now) < Samples.Now.AddYears(-1000));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1800")]
    [InlineData("1800.9")]
    [InlineData("86400")]
    [InlineData("1e400")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("0.5")]
    [InlineData("1e300")]
    [InlineData(null)]
    public void A_duration_is_positive_and_of_this_world(string? text)
    {
        TimeSpan? expected = text switch
        {
            "1" => TimeSpan.FromSeconds(1),
            "1800" or "1800.9" => TimeSpan.FromMinutes(30),
            "86400" => TimeSpan.FromDays(1),
            _ => null,
        };

        Assert.Equal(expected, Expiry.ReadDuration(text));
    }
}
