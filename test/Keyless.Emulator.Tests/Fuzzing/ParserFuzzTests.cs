using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Safety;

namespace Keyless.Emulator.Tests.Fuzzing;

/// <summary>What reads text that others wrote takes any text at all.</summary>
public sealed class ParserFuzzTests
{
    private const string Signs = "&=%+;?#/\\:@[]{}\"' \t\0\r\n.-_aZ09\u00e9\ud800\udfff\uffff";

    [Fact]
    public void parameters_take_any_text()
    {
        var random = FuzzSeed.Take(out var seed);
        for (var left = 5000; left > 0; left--)
        {
            var text = Text(random, 200);
            var failure = Record.Exception(() =>
            {
                var parameters = Parameters.Parse(text);
                _ = parameters["a"] ?? parameters["resource"];
                _ = parameters.All("").Count();
            });
            Assert.True(failure is null, $"{seed}\n{text}\n{failure}");
        }
    }

    [Fact]
    public void paths_take_any_text_and_come_out_plain()
    {
        var random = FuzzSeed.Take(out var seed);
        for (var left = 5000; left > 0; left--)
        {
            var path = EndpointRequest.Normalise(Text(random, 100));
            Assert.True(path.StartsWith('/') && !path.Contains("//", StringComparison.Ordinal), $"{seed}\n{path}");
        }
    }

    [Fact]
    public void host_names_take_any_text_and_only_the_allowed_ones_pass()
    {
        var random = FuzzSeed.Take(out var seed);
        var names = HostNames.Of(new EmulatorOptions { AllowedHosts = ["emulator"] });
        for (var left = 5000; left > 0; left--)
        {
            var text = Text(random, 40);
            Assert.False(names.Mean(new Uri("http://127.0.0.1:5000/"), text), $"{seed}\n{text}");
            _ = AllowedHost.TryParse(text, out _);
        }
    }

    private static string Text(Random random, int most) =>
        new([.. Enumerable.Range(0, random.Next(most)).Select(_ => Signs[random.Next(Signs.Length)])]);
}
