namespace Keyless.Cli.Output;

/// <summary>What a piece of text is, which decides its colour where there are colours.</summary>
internal enum Ink
{
    Plain,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,
}
