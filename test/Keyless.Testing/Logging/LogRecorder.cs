using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Keyless.Testing;

/// <summary>Keeps everything that is logged, from the trace level up.</summary>
public sealed class LogRecorder : ILoggerFactory
{
    private readonly ConcurrentQueue<LogEntry> _entries = [];
    private readonly AsyncLocal<ImmutableStack<string>?> _scopes = new();

    /// <summary>What was logged so far.</summary>
    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    /// <summary>Every text that any log provider could have written: for searching.</summary>
    public IEnumerable<string> Texts => Entries.SelectMany(entry => entry.Texts);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>A logger that records here.</summary>
    /// <typeparam name="T">Gives the category its name.</typeparam>
    public ILogger<T> CreateLogger<T>() => LoggerFactoryExtensions.CreateLogger<T>(this);

    /// <summary>Does nothing: all that is logged is recorded here and nowhere else.</summary>
    /// <param name="provider">Ignored.</param>
    public void AddProvider(ILoggerProvider provider)
    {
    }

    /// <summary>Does nothing; the entries stay.</summary>
    public void Dispose()
    {
    }

    private static KeyValuePair<string, object?>[] ValuesOf<TState>(TState state) =>
        state is IEnumerable<KeyValuePair<string, object?>> values ? [.. values] : [];

    private sealed class Logger(LogRecorder recorder, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull
        {
            var outer = recorder._scopes.Value;
            var text = string.Join(" ", [$"{state}", .. ValuesOf(state).Select(value => $"{value.Key}={value.Value}")]);
            recorder._scopes.Value = (outer ?? []).Push(text);
            return new Scope(recorder, outer);
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Values are read now: a log state may be reused once the call has returned.
            recorder._entries.Enqueue(new LogEntry(
                category, logLevel, eventId, formatter(state, exception), ValuesOf(state), [.. (recorder._scopes.Value ?? []).Reverse()], exception));
        }
    }

    private sealed class Scope(LogRecorder recorder, ImmutableStack<string>? outer) : IDisposable
    {
        public void Dispose() => recorder._scopes.Value = outer;
    }
}
