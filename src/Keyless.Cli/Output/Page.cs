namespace Keyless.Cli.Output;

/// <summary>Text for people: coloured and wrapped on a terminal, plain and unbroken in a pipe or a file.</summary>
internal sealed class Page
{
    // Consoles of old Windows versions print colour codes as text; the newer terminals set one of these.
    private static readonly string[] NewerTerminals = ["WT_SESSION", "TERM_PROGRAM", "TERM"];

    private readonly TextWriter _writer;
    private readonly bool _coloured;

    private Page(TextWriter writer, int? width, bool coloured)
    {
        _writer = writer;
        _coloured = coloured;
        IsTerminal = width is not null;
        Width = width ?? int.MaxValue;
    }

    public bool IsTerminal { get; }

    /// <summary>How many columns there are; as good as endless in a pipe.</summary>
    public int Width { get; }

    public static Page OfOutput(ToolContext context, bool noColor) => Of(context.Output, context.OutputWidth, context, noColor);

    public static Page OfError(ToolContext context, bool noColor) => Of(context.Error, context.ErrorWidth, context, noColor);

    public void Line() => _writer.WriteLine();

    /// <summary>Writes a line as it is.</summary>
    public void Line(string text, Ink ink = Ink.Plain) => _writer.WriteLine(Paint(text, ink));

    /// <summary>Writes text in as many lines as it needs.</summary>
    /// <param name="text">The text.</param>
    /// <param name="indent">How far every line is indented.</param>
    /// <param name="ink">What it is.</param>
    /// <param name="first">What stands in place of the first line's indentation, as wide as that.</param>
    public void Paragraph(string text, int indent = 0, Ink ink = Ink.Plain, string? first = null)
    {
        var margin = new string(' ', indent);
        foreach (var line in Wrapping.Lines(text, Width - indent))
        {
            Line((first ?? margin) + Paint(line, ink));
            first = null;
        }
    }

    public void Error(string message) => Paragraph($"Error: {message}", ink: Ink.Bad);

    /// <summary>The text with the colour of its ink, where there are colours.</summary>
    public string Paint(string text, Ink ink) => _coloured && ink != Ink.Plain && text.Length > 0 ? $"\e[{Code(ink)}m{text}\e[0m" : text;

    private static Page Of(TextWriter writer, int? width, ToolContext context, bool noColor) =>
        new(writer, width, width is not null && !noColor && TakesColour(context.Environment));

    private static bool TakesColour(MachineEnvironment environment) =>
        !IsSet(environment, "NO_COLOR")
        && environment.GetVariable("TERM") != "dumb"
        && (!OperatingSystem.IsWindows() || NewerTerminals.Any(name => IsSet(environment, name)));

    private static bool IsSet(MachineEnvironment environment, string name) => !string.IsNullOrEmpty(environment.GetVariable(name));

    private static string Code(Ink ink) => ink switch
    {
        Ink.Strong => "1",
        Ink.Faint => "2",
        Ink.Good => "32",
        Ink.Warning => "33",
        _ => "31",
    };
}
