using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Transcripts;

/// <summary>Every byte that hosts answer, against transcripts that were read by people with the platforms' documentation beside them.</summary>
/// <remarks>Nothing writes these files but people: who changes what goes over the wire changes them by hand.</remarks>
public sealed class TranscriptTests(TranscribedMachine machine) : IClassFixture<TranscribedMachine>
{
    public static TheoryData<string> Files => [.. Transcript.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task a_host_answers_as_its_transcripts_have_it(string file)
    {
        var cases = Transcript.Read(file);
        Assert.NotEmpty(cases);
        foreach (var each in cases)
        {
            IReadOnlyList<string> before = [];
            foreach (var exchange in each.Exchanges)
            {
                var request = exchange.Request.Select(line => Filled(line, each.Host, before)).ToList();
                if (!exchange.Request.Contains("", StringComparer.Ordinal))
                    request.AddRange(["", ""]);
                else if (request[^1].Length == 0)
                    request.Add("");
                before = await RawExchange.RunAsync(machine.AddressOf(each.Host), request, TestContext.Current.CancellationToken);
                Compare($"{file}, {each.Name}", exchange.Answer, before);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void a_file_of_transcripts_says_where_its_facts_come_from(string file) => Assert.NotEmpty(Transcript.SourcesOf(file));

    [Fact]
    public void every_platform_has_transcripts()
    {
        var hosts = Transcript.Files.SelectMany(Transcript.Read).Select(each => machine.HostOf(each.Host)?.Source).ToHashSet();

        Assert.Superset(Enum.GetValues<SourceKind>().Cast<SourceKind?>().ToHashSet(), hosts);
    }

    private static void Compare(string place, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var differs = expected.Count != actual.Count || !expected.Zip(actual).All(pair => WirePattern.Matches(pair.First, pair.Second));
        Assert.False(
            differs,
            $"{place}{Environment.NewLine}{Lines("expected", expected)}{Environment.NewLine}{Lines("answered", actual)}");
    }

    private static string Lines(string title, IEnumerable<string> lines) =>
        string.Join(Environment.NewLine, lines.Select(line => $"  {title}: {line}"));

    private string Filled(string line, string host, IReadOnlyList<string> before)
    {
        line = line.Replace("{host}", machine.AddressOf(host).Authority, StringComparison.Ordinal);
        if (line.Contains("{secret}", StringComparison.Ordinal))
            line = line.Replace("{secret}", HostCalls.SecretOf(machine.HostOf(host)!).Value, StringComparison.Ordinal);
        if (line.Contains("{key}", StringComparison.Ordinal))
        {
            const string Realm = "Basic realm=";
            var challenge = before.Single(each => each.Contains(Realm, StringComparison.Ordinal));
            var file = challenge[(challenge.IndexOf(Realm, StringComparison.Ordinal) + Realm.Length)..];
            line = line.Replace("{key}", File.ReadAllText(file), StringComparison.Ordinal);
        }

        return line;
    }
}
