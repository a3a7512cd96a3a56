using Microsoft.Extensions.Logging;

namespace Keyless.Cli.Output;

/// <summary>A log that goes to one place, whatever its category.</summary>
internal abstract class LogSink : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log goes to one place only.");

    public virtual bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Write(logLevel, eventId, formatter(state, exception));

    public void Dispose()
    {
        // Nothing is held: the page belongs to the call.
    }

    protected abstract void Write(LogLevel level, EventId id, string text);
}
