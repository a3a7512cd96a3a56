using System.Diagnostics;

namespace Keyless.Msal.Logging;

/// <summary>Where the log goes, and how much of it.</summary>
internal sealed record LogTarget
{
    private const string Category = "Keyless.Msal";

    public LogCallback? Callback { get; init; }

    public IIdentityLogger? Logger { get; init; }

    public LogLevel Level { get; init; } = LogLevel.Info;

    public bool WithPii { get; init; }

    public bool ToPlatform { get; init; }

    public bool IsUsed => Callback is not null || Logger is not null || ToPlatform;

    public static void ToDebugger(LogLevel level, string message, bool containsPii) => Debugger.Log((int)level, Category, message + "\n");

    // A logger object says itself what it wants; the level is the callback's.
    public bool Wants(LogLevel level) =>
        (Logger is not null && Logger.IsEnabled(Translate(level))) || ((Callback is not null || ToPlatform) && level <= Level);

    public void Write(LogLevel level, string message, string? correlationId)
    {
        if (Logger is not null && Logger.IsEnabled(Translate(level)))
            Logger.Log(new LogEntry { EventLogLevel = Translate(level), Message = message, CorrelationId = correlationId! });
        if (level > Level)
            return;
        Callback?.Invoke(level, message, WithPii);
        if (ToPlatform)
            Trace.WriteLine(message, Category);
    }

    private static EventLogLevel Translate(LogLevel level) => level switch
    {
        LogLevel.Error => EventLogLevel.Error,
        LogLevel.Warning => EventLogLevel.Warning,
        LogLevel.Info => EventLogLevel.Informational,
        LogLevel.Verbose => EventLogLevel.Verbose,
        _ => EventLogLevel.LogAlways,
    };
}
