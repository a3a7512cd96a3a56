namespace Keyless.Msal;

/// <summary>The levels of <see cref="IIdentityLogger"/>.</summary>
public enum EventLogLevel
{
    /// <summary>What is logged at any level.</summary>
    LogAlways = 0,

    /// <summary>The end.</summary>
    Critical = 1,

    /// <summary>An error.</summary>
    Error = 2,

    /// <summary>A warning.</summary>
    Warning = 3,

    /// <summary>What happens.</summary>
    Informational = 4,

    /// <summary>Everything.</summary>
    Verbose = 5,
}
