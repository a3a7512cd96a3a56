namespace Keyless.Emulator.Tests.Transcripts;

/// <summary>One request and its answer, as they go over the wire.</summary>
/// <param name="Request">The lines of the request; the body comes after an empty one.</param>
/// <param name="Answer">The lines of the answer, with placeholders for what is never the same.</param>
internal sealed record Exchange(IReadOnlyList<string> Request, IReadOnlyList<string> Answer);

/// <summary>What a client and a host say to each other in one case.</summary>
/// <param name="Name">What the case shows.</param>
/// <param name="Host">The host's name.</param>
/// <param name="Exchanges">The exchanges, in their order.</param>
internal sealed record Transcript(string Name, string Host, IReadOnlyList<Exchange> Exchanges)
{
    private const string CaseMark = "== ";

    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "Transcripts");

    public static IEnumerable<string> Files =>
        System.IO.Directory.EnumerateFiles(Directory, "*.http").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Where the file's facts come from, by the pages' titles.</summary>
    public static IEnumerable<string> SourcesOf(string file) =>
        File.ReadLines(Path.Combine(Directory, file)).Where(line => line.StartsWith("# Source: ", StringComparison.Ordinal));

    public static IReadOnlyList<Transcript> Read(string file)
    {
        var cases = new List<Transcript>();
        List<Exchange> exchanges = [];
        List<string> request = [], answer = [];
        foreach (var line in File.ReadLines(Path.Combine(Directory, file)))
        {
            if (line.StartsWith(CaseMark, StringComparison.Ordinal))
            {
                var (name, host) = Split(line[CaseMark.Length..]);
                exchanges = [];
                cases.Add(new Transcript(name, host, exchanges));
            }
            else if (line.StartsWith('>'))
            {
                if (exchanges.Count == 0 || answer.Count > 0)
                {
                    (request, answer) = ([], []);
                    exchanges.Add(new Exchange(request, answer));
                }

                request.Add(Content(line));
            }
            else if (line.StartsWith('<'))
            {
                answer.Add(Content(line));
            }
            else if (line.Length > 0 && !line.StartsWith('#'))
            {
                throw new InvalidDataException($"{file}: '{line}' is neither a remark, a case, a request nor an answer.");
            }
        }

        return cases;
    }

    private static string Content(string line) => line.Length > 2 ? line[2..] : "";

    private static (string Name, string Host) Split(string title)
    {
        var at = title.LastIndexOf(" @", StringComparison.Ordinal);
        return (title[..at], title[(at + 2)..]);
    }
}
