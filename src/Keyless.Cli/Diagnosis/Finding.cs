namespace Keyless.Cli.Diagnosis;

/// <summary>Something about a machine that its user should know.</summary>
/// <param name="Id">A name that does not change, for programs.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">What was found, and what follows from it. Never holds a secret.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record Finding(string Id, Severity Severity, string Text, string Remedy)
{
    public static Finding Error(string id, string text, string remedy) => new(id, Severity.Error, text, remedy);

    public static Finding Warning(string id, string text, string remedy) => new(id, Severity.Warning, text, remedy);

    public static Finding Note(string id, string text, string remedy) => new(id, Severity.Note, text, remedy);
}
