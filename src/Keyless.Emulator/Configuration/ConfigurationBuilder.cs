using System.Text.Json;

namespace Keyless.Emulator.Configuration;

/// <summary>Puts a configuration together from what a notation tells of a file, value by value.</summary>
/// <remarks>Lines and columns count from 1, columns in characters.</remarks>
public sealed class ConfigurationBuilder
{
    private readonly string _file;
    private readonly List<ConfigurationProblem> _problems;
    private readonly Stack<Frame> _open = new();

    internal ConfigurationBuilder(string file, List<ConfigurationProblem> problems)
    {
        (_file, _problems) = (file, problems);
    }

    /// <summary>What was told. Null: nothing.</summary>
    internal ConfigurationNode? Root { get; private set; }

    /// <summary>An object begins; each of its members is a <see cref="Member"/> and then a value.</summary>
    /// <param name="line">The line.</param>
    /// <param name="column">The column.</param>
    public void StartObject(int line, int column) => _open.Push(new Frame(At(line, column), PathOfNext(), IsObject: true));

    /// <summary>The name of the member whose value comes next.</summary>
    /// <param name="name">The name. One that is there twice is a problem that the reader of the file is told of.</param>
    /// <param name="line">The line of the name.</param>
    /// <param name="column">The column of the name.</param>
    public void Member(string name, int line, int column)
    {
        ArgumentNullException.ThrowIfNull(name);
        _open.Peek().Next = (name, At(line, column));
    }

    /// <summary>A list begins.</summary>
    /// <param name="line">The line.</param>
    /// <param name="column">The column.</param>
    public void StartList(int line, int column) => _open.Push(new Frame(At(line, column), PathOfNext(), IsObject: false));

    /// <summary>The object or list that was begun last ends.</summary>
    public void End()
    {
        var frame = _open.Pop();
        Add(frame.IsObject
            ? new ConfigurationNode(JsonValueKind.Object, frame.Origin) { Properties = frame.Properties }
            : new ConfigurationNode(JsonValueKind.Array, frame.Origin) { Items = frame.Items });
    }

    /// <summary>A text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="line">The line.</param>
    /// <param name="column">The column.</param>
    public void Text(string value, int line, int column)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(new ConfigurationNode(JsonValueKind.String, At(line, column)) { Text = value });
    }

    /// <summary>A number.</summary>
    /// <param name="digits">The number as JSON writes it.</param>
    /// <param name="line">The line.</param>
    /// <param name="column">The column.</param>
    public void Number(string digits, int line, int column)
    {
        ArgumentNullException.ThrowIfNull(digits);
        Add(new ConfigurationNode(JsonValueKind.Number, At(line, column)) { Text = digits });
    }

    /// <summary>True or false.</summary>
    /// <param name="value">Which of the two.</param>
    /// <param name="line">The line.</param>
    /// <param name="column">The column.</param>
    public void Boolean(bool value, int line, int column) =>
        Add(new ConfigurationNode(value ? JsonValueKind.True : JsonValueKind.False, At(line, column)));

    /// <summary>Nothing.</summary>
    /// <param name="line">The line.</param>
    /// <param name="column">The column.</param>
    public void Null(int line, int column) => Add(new ConfigurationNode(JsonValueKind.Null, At(line, column)));

    /// <summary>Makes the exception that says why the text cannot be read.</summary>
    /// <param name="text">What is wrong, and what to do.</param>
    /// <param name="line">The line.</param>
    /// <param name="column">The column.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ConfigurationException Refuse(string text, int line, int column, Exception? innerException = null) =>
        new(new ConfigurationProblem(At(line, column), "", text), innerException);

    private ConfigurationOrigin At(int line, int column) => new(ConfigurationLayer.File, _file, line, column);

    private string PathOfNext() => _open.TryPeek(out var frame) ? frame.PathOfNext() : "";

    private void Add(ConfigurationNode node)
    {
        if (!_open.TryPeek(out var frame))
            Root = node;
        else if (!frame.IsObject)
            frame.Items.Add(node);
        else if (frame.Properties.Find(property => property.Name == frame.Next.Name) is { } first)
            _problems.Add(ConfigurationProblem.Twice(frame.Next.Origin, frame.PathOfNext(), first.Origin));
        else
            frame.Properties.Add(new ConfigurationProperty(frame.Next.Name, frame.Next.Origin, node));
    }

    private sealed record Frame(ConfigurationOrigin Origin, string Path, bool IsObject)
    {
        public List<ConfigurationProperty> Properties { get; } = [];

        public List<ConfigurationNode> Items { get; } = [];

        public (string Name, ConfigurationOrigin Origin) Next { get; set; }

        public string PathOfNext() => IsObject ? Path.Length > 0 ? $"{Path}.{Next.Name}" : Next.Name : $"{Path}[{Items.Count}]";
    }
}
