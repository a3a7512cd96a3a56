using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using CoreLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Keyless.Msal.Logging;

/// <summary>Passes the core's log on. Without the switch for personal data, identities and addresses are left out.</summary>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is one.")]
internal sealed class LogAdapter(LogTarget target) : ILoggerFactory, ILogger
{
    private const string Template = "{OriginalFormat}";
    private const string Hidden = "(hidden)";

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("The log goes where the application builder was told.");

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(CoreLevel logLevel) => target.Wants(LevelOf(logLevel));

    public void Log<TState>(CoreLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var level = LevelOf(logLevel);
        if (!target.Wants(level))
            return;
        var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        var text = target.WithPii ? formatter(state, exception) : WithoutPii(values);
        target.Write(level, $"[Managed Identity] {text}", CorrelationId(values));
    }

    private static LogLevel LevelOf(CoreLevel level) => level switch
    {
        CoreLevel.Critical or CoreLevel.Error => LogLevel.Error,
        CoreLevel.Warning => LogLevel.Warning,
        CoreLevel.Information => LogLevel.Info,
        _ => LogLevel.Verbose,
    };

    // The template anew, with what tells of nobody.
    private static string WithoutPii(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var text = new StringBuilder(values.FirstOrDefault(static value => value.Key == Template).Value as string ?? Hidden);
        foreach (var (name, value) in values)
        {
            var shown = value switch
            {
                TokenFailure failure => $"{failure.Kind}, {failure.ErrorCode}",
                ManagedIdentity identity => identity.Kind.ToString(),
                _ when name is "Endpoint" or "Resource" => Hidden,
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
            text.Replace($"{{{name}}}", shown).Replace($"{{{name}:u}}", shown);
        }

        return text.ToString();
    }

    private static string? CorrelationId(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        foreach (var (name, value) in values)
        {
            if (value is TokenFailure failure && failure.CorrelationId != Guid.Empty)
                return failure.CorrelationId.ToString("D");
            if (name == "CorrelationId" && value is Guid id)
                return id.ToString("D");
        }

        return null;
    }
}
