namespace Keyless.Cli.Diagnosis;

/// <summary>How much a finding matters, the worst first.</summary>
internal enum Severity
{
    /// <summary>Something does not work, or is dangerous.</summary>
    Error,

    /// <summary>Some programs will do something else than is probably meant.</summary>
    Warning,

    /// <summary>Good to know.</summary>
    Note,
}
