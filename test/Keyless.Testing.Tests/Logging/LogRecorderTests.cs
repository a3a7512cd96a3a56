using Microsoft.Extensions.Logging;

namespace Keyless.Testing.Tests.Logging;

public sealed class LogRecorderTests
{
    [Fact]
    public void everything_a_provider_could_write_is_recorded()
    {
        using var logs = new LogRecorder();
        var logger = logs.CreateLogger("Keyless.Pipeline");
        var error = new InvalidOperationException("broken");
        KeyValuePair<string, object?>[] scope = [new("Id", 1)], state = [new("Status", 410)];

        using (logger.BeginScope(scope))
        using (logger.BeginScope("inner"))
            logger.Log(LogLevel.Trace, new EventId(7, "Sent"), state, error, (_, _) => "sent");
        logger.Log(LogLevel.Error, 8, "text", null, (state, _) => state);

        var entry = logs.Entries[0];
        Assert.Equal(("Keyless.Pipeline", LogLevel.Trace, 7, "sent"), (entry.Category, entry.Level, entry.EventId.Id, entry.Message));
        Assert.Equal(410, entry.Value("Status"));
        Assert.Equal(2, entry.Scopes.Count);
        Assert.EndsWith("Id=1", entry.Scopes[0], StringComparison.Ordinal);
        Assert.Same(error, entry.Exception);
        Assert.Contains(logs.Texts, text => text.Contains("broken", StringComparison.Ordinal));
        Assert.Empty(logs.Entries[1].Scopes);
        Assert.Equal("Error 8: text", logs.Entries[1].ToString());
    }
}
