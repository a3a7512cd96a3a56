using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Keyless.Cli.Output;

/// <summary>The library's log on a page, one line a message.</summary>
internal sealed class ErrorLog(Page page, TimeProvider time) : LogSink
{
    private readonly object _gate = new();

    protected override void Write(LogLevel level, EventId id, string text)
    {
        var now = time.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        lock (_gate)
            page.Line($"{now}Z {Name(level)}: {Printable.Of(text)}", Ink.Faint);
    }

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "For people to read, not to compare.")]
    private static string Name(LogLevel level) => level.ToString().ToLowerInvariant();
}
