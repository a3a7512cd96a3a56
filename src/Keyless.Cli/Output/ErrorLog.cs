using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Keyless.Cli.Output;

/// <summary>The library's log on a page, one line a message.</summary>
internal sealed class ErrorLog(Page page, TimeProvider time) : LogSink
{
    public override void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        page.Line($"{time.GetUtcNow():HH:mm:ss.fff}Z {Name(logLevel)}: {Printable.Of(formatter(state, exception))}", Ink.Faint);

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "For people to read, not to compare.")]
    private static string Name(LogLevel level) => level.ToString().ToLowerInvariant();
}
