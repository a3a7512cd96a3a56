namespace Keyless.Msal;

/// <summary>Options that all applications have in common.</summary>
public abstract class BaseApplicationOptions
{
    /// <summary>How much is logged.</summary>
    /// <value>The default is <see cref="LogLevel.Info"/>.</value>
    public LogLevel LogLevel { get; set; } = LogLevel.Info;

    /// <summary>Whether log lines may name identities and addresses.</summary>
    /// <value>The default is false.</value>
    public bool EnablePiiLogging { get; set; }

    /// <summary>Whether the log goes to the platform's trace listeners, too.</summary>
    /// <value>The default is false.</value>
    public bool IsDefaultPlatformLoggingEnabled { get; set; }
}
