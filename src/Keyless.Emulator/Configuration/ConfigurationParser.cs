using System.Text;
using System.Text.Json;

namespace Keyless.Emulator.Configuration;

/// <summary>Reads JSON, with comments and trailing commas, into nodes that know their place.</summary>
internal ref struct ConfigurationParser
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly ReadOnlySpan<byte> _text;
    private readonly string _file;
    private readonly List<ConfigurationProblem> _problems;
    private Utf8JsonReader _json;

    private ConfigurationParser(ReadOnlySpan<byte> text, string file, List<ConfigurationProblem> problems)
    {
        _text = text;
        _file = file;
        _problems = problems;
        _json = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="file">The file's name, for places.</param>
    /// <param name="problems">Takes what is wrong but does not hinder reading on: members that are there twice.</param>
    /// <exception cref="ConfigurationException">The text is no JSON.</exception>
    public static ConfigurationNode Parse(ReadOnlySpan<byte> text, string file, List<ConfigurationProblem> problems)
    {
        if (text.StartsWith(ByteOrderMark))
            text = text[ByteOrderMark.Length..];
        var parser = new ConfigurationParser(text, file, problems);
        try
        {
            parser._json.Read();
            var root = parser.Read("");
            parser._json.Read();
            return root;
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException(parser.Explain(exception), exception);
        }
        catch (InvalidOperationException exception)
        {
            // Text that is no UTF-8, or half of a surrogate pair.
            var problem = new ConfigurationProblem(parser.Here(), "", "This text holds bytes or escapes that stand for no character. Write it in UTF-8.");
            throw new ConfigurationException(problem, exception);
        }
    }

    private ConfigurationNode Read(string path)
    {
        var origin = Here();
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                return new ConfigurationNode(JsonValueKind.Object, origin) { Properties = ReadProperties(path) };
            case JsonTokenType.StartArray:
                var items = new List<ConfigurationNode>();
                while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                    items.Add(Read($"{path}[{items.Count}]"));
                return new ConfigurationNode(JsonValueKind.Array, origin) { Items = items };
            case JsonTokenType.String:
                return new ConfigurationNode(JsonValueKind.String, origin) { Text = _json.GetString()! };
            case JsonTokenType.Number:
                return new ConfigurationNode(JsonValueKind.Number, origin) { Text = Encoding.UTF8.GetString(_json.ValueSpan) };
            case JsonTokenType.True:
                return new ConfigurationNode(JsonValueKind.True, origin);
            case JsonTokenType.False:
                return new ConfigurationNode(JsonValueKind.False, origin);
            default:
                return new ConfigurationNode(JsonValueKind.Null, origin);
        }
    }

    private List<ConfigurationProperty> ReadProperties(string path)
    {
        var properties = new List<ConfigurationProperty>();
        var origins = new Dictionary<string, ConfigurationOrigin>(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
        {
            var (name, origin) = (_json.GetString()!, Here());
            _json.Read();
            var memberPath = path.Length > 0 ? $"{path}.{name}" : name;
            var value = Read(memberPath);
            if (origins.TryAdd(name, origin))
                properties.Add(new ConfigurationProperty(name, origin, value));
            else
                _problems.Add(ConfigurationProblem.Twice(origin, memberPath, origins[name]));
        }

        return properties;
    }

    private readonly ConfigurationOrigin Here() => At((int)_json.TokenStartIndex);

    private readonly ConfigurationOrigin At(int index)
    {
        var before = _text[..Math.Min(index, _text.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new ConfigurationOrigin(
            ConfigurationLayer.File, _file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    // The framework counts lines from 0 and columns in bytes, and says so at the end of its message.
    private readonly ConfigurationProblem Explain(JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            start += _text[start..].IndexOf((byte)'\n') + 1;
        var message = exception.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new ConfigurationProblem(
            At(start + (int)(exception.BytePositionInLine ?? 0)), "", $"This is no JSON. {(end < 0 ? message : message[..end])}");
    }
}
