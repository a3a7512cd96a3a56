namespace Keyless.Msal;

/// <summary>How much is logged: a level and everything more important.</summary>
public enum LogLevel
{
    /// <summary>Only what is logged at any level.</summary>
    Always = -1,

    /// <summary>Errors.</summary>
    Error = 0,

    /// <summary>Warnings.</summary>
    Warning = 1,

    /// <summary>What happens.</summary>
    Info = 2,

    /// <summary>Everything.</summary>
    Verbose = 3,
}
