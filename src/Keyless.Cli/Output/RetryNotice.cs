using Microsoft.Extensions.Logging;

namespace Keyless.Cli.Output;

/// <summary>Tells whoever waits at a terminal that the first attempt failed, once; it hears of it by the library's log.</summary>
internal sealed class RetryNotice(Page page) : LogSink
{
    /// <summary>The stable id of the library's message about an attempt that will be repeated.</summary>
    private const int Retrying = 3;

    private int _said;

    public override bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Information;

    protected override void Write(LogLevel level, EventId id, string text)
    {
        if (id.Id == Retrying && Interlocked.Exchange(ref _said, 1) == 0)
            page.Line("No token yet; trying again. (Ctrl+C gives up, --timeout sets a limit, --verbose shows each attempt.)", Ink.Faint);
    }
}
