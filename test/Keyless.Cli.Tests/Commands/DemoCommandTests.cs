using System.Text.Json;
using Keyless.Cli.Options;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Commands;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task every_source_gives_a_verified_token()
    {
        using var keys = new TemporaryDirectory();

        var run = await new Tool { Environment = new KeyedMachine(keys.Path) }.RunAsync("demo");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var rows = run.Output.Split('\n').Where(line => line.Contains("  valid  ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(6, rows.Length);
        Assert.All(rows, row => Assert.Matches(
            @"^[a-z-]+ +(system|orders|billing|user) +https://[\w.]+ +valid +\w{3} \d\d \d\d:\d\d +[\d.]+ (us|ms|s) +[\d.]+ (ns|us)$",
            row));
        var sources = rows.Select(row => row[..row.IndexOf(' ', StringComparison.Ordinal)]);
        Assert.Equal(SourceName.All.Select(source => source.Name), sources, StringComparer.Ordinal);
        Assert.Contains("\nNext:\n  keyless detect ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_json_has_a_row_for_each_source()
    {
        using var keys = new TemporaryDirectory();

        var run = await new Tool { Environment = new KeyedMachine(keys.Path) }.RunAsync("demo", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var rows = run.Json.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(6, rows.Length);
        Assert.All(rows, row =>
        {
            Assert.True(row.GetProperty("signatureVerified").GetBoolean());
            Assert.True(row.GetProperty("firstCallMs").GetDouble() > 0);
            Assert.True(row.GetProperty("cacheHitNs").GetDouble() > 0);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("problem").ValueKind);
        });
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public async Task on_a_terminal_it_fits_and_a_host_that_cannot_work_here_says_why(int width)
    {
        using var directory = new TemporaryDirectory();
        var machine = new KeyedMachine(Path.Combine(directory.Write("f", ""), "tokens"));

        var run = await new Tool { Environment = machine, OutputWidth = width }.RunAsync("demo", "--no-color");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"\nazure-arc +system +(https://monitor\.azure\.com +)?not run +- +- +-\n", run.Output);
        Assert.Contains("\nazure-arc: The Azure Arc host ", run.Output, StringComparison.Ordinal);

        // A path stays whole, so that it can be copied.
        var lines = run.Output.Split('\n').Where(line => !line.Contains(directory.Path, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
    }
}
