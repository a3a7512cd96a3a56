using Keyless.Cli.Output;

namespace Keyless.Cli.Tests.Output;

public sealed class WrappingTests
{
    [Fact]
    public void text_breaks_between_words() =>
        Assert.Equal("the quick brown fox|jumps over the lazy|dog", Broken("the quick brown fox jumps over the lazy dog", 20));

    [Fact]
    public void a_line_may_be_exactly_full() => Assert.Equal("exactly twenty chars|more", Broken("exactly twenty chars more", 20));

    [Fact]
    public void a_word_that_is_too_long_stays_whole() => Assert.Equal(
        "see|https://a.very.long.address.test/path|for more",
        Broken("see https://a.very.long.address.test/path for more", 20));

    [Fact]
    public void a_pipe_has_endless_lines() => Assert.Equal(new string('a', 500) + " b", Broken(new string('a', 500) + " b", int.MaxValue));

    [Fact]
    public void a_page_of_no_width_is_taken_for_a_narrow_one() =>
        Assert.Equal("the quick brown fox|jumps", Broken("the quick brown fox jumps", -5));

    private static string Broken(string text, int width) => string.Join('|', Wrapping.Lines(text, width));
}
