using System.Text;
using Keyless.Emulator.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Keyless.Cli.Configuration;

/// <summary>Configuration files in YAML 1.2: one document, anchors and aliases, values as the core schema takes them.</summary>
internal sealed class YamlNotation : IConfigurationNotation
{
    // Aliases of aliases multiply; nobody describes machines by so many values.
    private const int MostValues = 100_000;
    private const int Deepest = 64;

    public static IReadOnlyList<string> Endings { get; } = [".yaml", ".yml"];

    public bool Reads(string file) => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    public void Read(ReadOnlyMemory<byte> text, ConfigurationBuilder builder)
    {
        try
        {
            new Walk(EventsIn(Decode(text, builder)), builder).Run();
        }
        catch (YamlException e)
        {
            throw builder.Refuse($"This is no YAML. {e.Message}", (int)e.Start.Line, (int)e.Start.Column, e);
        }
    }

    private static string Decode(ReadOnlyMemory<byte> text, ConfigurationBuilder builder)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(text.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.UTF8.GetString(text.Span[..Math.Clamp(e.Index, 0, text.Length)]);
            throw builder.Refuse(
                "This text holds bytes that stand for no character. Write it in UTF-8.",
                before.Count(c => c == '\n') + 1,
                before.Length - before.LastIndexOf('\n'),
                e);
        }
    }

    private static List<ParsingEvent> EventsIn(string text)
    {
        var events = new List<ParsingEvent>();
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
            events.Add(parser.Current!);
        return events;
    }

    /// <summary>One way through the events; an alias is the way through its anchor's once more.</summary>
    private sealed class Walk(List<ParsingEvent> events, ConfigurationBuilder builder)
    {
        private readonly Dictionary<int, int> _targets = TargetsIn(events);
        private int _values;

        public void Run()
        {
            var documents = events.FindAll(each => each is DocumentStart);
            if (documents.Count > 1)
                throw Refuse(documents[1], "A second document begins here. One file is one configuration: leave one of the two out.");

            var at = events.FindIndex(each => each is DocumentStart) + 1;
            if (at == 0)
                builder.Null(1, 1);
            else
                Value(ref at, depth: 0);
        }

        private void Value(ref int at, int depth)
        {
            var here = events[at];
            if (++_values > MostValues || depth > Deepest)
                throw Refuse(here, $"There are more than {MostValues} values or {Deepest} levels here, aliases counted. An alias in its own anchor has no end.");

            at++;
            switch (here)
            {
                case AnchorAlias alias:
                    if (!_targets.TryGetValue(at - 1, out var anchored))
                        throw Refuse(alias, $"The alias *{alias.Value} stands for nothing. Give a value the anchor &{alias.Value} above it.");
                    Value(ref anchored, depth + 1);
                    break;
                case MappingStart mapping:
                    Members(mapping, ref at, depth);
                    break;
                case SequenceStart sequence:
                    RequireTag(sequence, "tag:yaml.org,2002:seq");
                    builder.StartList(Line(sequence), Column(sequence));
                    while (events[at] is not SequenceEnd)
                        Value(ref at, depth + 1);
                    at++;
                    builder.End();
                    break;
                default:
                    YamlScalar.Tell((Scalar)here, builder);
                    break;
            }
        }

        private void Members(MappingStart mapping, ref int at, int depth)
        {
            RequireTag(mapping, "tag:yaml.org,2002:map");
            builder.StartObject(Line(mapping), Column(mapping));
            while (events[at] is not MappingEnd)
            {
                if (events[at] is not Scalar name)
                    throw Refuse(events[at], "A member's name is a text, not a list, an object or an alias.");
                at++;
                builder.Member(name.Value, Line(name), Column(name));
                Value(ref at, depth + 1);
            }

            at++;
            builder.End();
        }

        // By place, since an anchor's name may be given anew further down.
        private static Dictionary<int, int> TargetsIn(List<ParsingEvent> events)
        {
            var (anchors, targets) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<int, int>());
            for (var at = 0; at < events.Count; at++)
            {
                if (events[at] is AnchorAlias alias && anchors.TryGetValue(alias.Value.Value, out var target))
                    targets[at] = target;
                else if (events[at] is NodeEvent { Anchor.IsEmpty: false } node)
                    anchors[node.Anchor.Value] = at;
            }

            return targets;
        }

        private void RequireTag(NodeEvent node, string expected)
        {
            if (!node.Tag.IsEmpty && node.Tag.Value != expected)
                throw Refuse(node, $"The tag {node.Tag.Value} means nothing here. Leave it out.");
        }

        private ConfigurationException Refuse(ParsingEvent at, string text) => builder.Refuse(text, Line(at), Column(at));
    }

    internal static int Line(ParsingEvent at) => (int)at.Start.Line;

    internal static int Column(ParsingEvent at) => (int)at.Start.Column;
}
