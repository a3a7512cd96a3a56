using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Output;

/// <summary>Colours are for terminals, and for people who want them.</summary>
public sealed class PageTests
{
    private const string Escape = "\e[";

    [Fact]
    public async Task a_terminal_gets_colours()
    {
        var run = await new Tool { OutputWidth = 100 }.RunAsync("detect");

        Assert.Contains("Source: \e[32mimds\e[0m,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_pipe_gets_none()
    {
        var run = await new Tool().RunAsync("detect");

        Assert.DoesNotContain(Escape, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_terminal_without_colours_gets_the_text_of_one_with()
    {
        var coloured = await new Tool { OutputWidth = 100 }.RunAsync("detect");
        var plain = await new Tool { OutputWidth = 100 }.RunAsync("detect", "--no-color");

        Assert.DoesNotContain(Escape, plain.Output, StringComparison.Ordinal);
        string[] codes = ["\e[0m", "\e[1m", "\e[2m", "\e[32m"];
        Assert.Equal(plain.Output, codes.Aggregate(coloured.Output, (text, code) => text.Replace(code, "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task a_variable_turns_colours_off(string name, string value)
    {
        var run = await new Tool { OutputWidth = 100, ErrorWidth = 100, Environment = Tool.Machine((name, value)) }.RunAsync("detect");

        Assert.DoesNotContain(Escape, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_empty_NO_COLOR_says_nothing()
    {
        var run = await new Tool { OutputWidth = 100, Environment = Tool.Machine(("NO_COLOR", "")) }.RunAsync("detect");

        Assert.Contains(Escape, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task errors_are_coloured_by_the_terminal_that_they_go_to()
    {
        var onTerminal = await new Tool { ErrorWidth = 100 }.RunAsync("decode");
        var plain = await new Tool { ErrorWidth = 100 }.RunAsync("decode", "--no-color");
        var redirected = await new Tool { OutputWidth = 100 }.RunAsync("decode");

        Assert.StartsWith("\e[31mError: ", onTerminal.Error, StringComparison.Ordinal);
        Assert.StartsWith("Error: ", plain.Error, StringComparison.Ordinal);
        Assert.StartsWith("Error: ", redirected.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public async Task what_is_written_fits_the_terminal(int width)
    {
        var run = await new Tool { OutputWidth = width }.RunAsync("detect", "--no-color");

        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= width, line));
    }
}
