using Keyless.Msal.Tests.Support;
using Keyless.Testing;

namespace Keyless.Msal.Tests;

/// <summary>The log: by callback or to an object, at the level asked for, with identities only behind the switch, with secrets never.</summary>
public sealed class LogTests
{
    private const string ClientId = "11111111-1111-1111-1111-111111111111";

    [Theory]
    [InlineData(LogLevel.Error, 0)]
    [InlineData(LogLevel.Info, 1)]
    [InlineData(LogLevel.Verbose, 2)]
    public async Task The_callback_gets_what_its_level_says(LogLevel level, int expected)
    {
        var lines = new List<(LogLevel Level, string Message, bool Pii)>();

        await AcquireAsync(builder => builder.WithLogging((l, m, p) => lines.Add((l, m, p)), level));

        Assert.Equal(expected, lines.Count);
        Assert.All(lines, line => Assert.True(line.Level <= level && line.Message.StartsWith("[Managed Identity] ", StringComparison.Ordinal) && !line.Pii));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Identities_and_addresses_are_named_only_behind_the_switch(bool pii)
    {
        var lines = new List<string>();

        var server = await AcquireAsync(builder => builder.WithLogging((_, message, flagged) => lines.Add($"{message} {flagged}"), LogLevel.Verbose, enablePiiLogging: pii));

        var text = string.Join('\n', lines);
        Assert.Equal(pii, text.Contains(ClientId, StringComparison.Ordinal));
        Assert.Equal(pii, text.Contains(server, StringComparison.Ordinal));
        Assert.Equal(pii, text.Contains(MsalScene.Resource, StringComparison.Ordinal));
        Assert.Equal(pii, text.Contains("True", StringComparison.Ordinal));
        Assert.DoesNotContain("{", text);
        Assert.DoesNotContain("sesame", text);
    }

    [Fact]
    public async Task A_logger_object_gets_entries_with_correlation_ids()
    {
        var logger = new ListLogger();

        await AcquireAsync(builder => builder.WithLogging(logger));

        Assert.NotEmpty(logger.Entries);
        Assert.All(logger.Entries, entry => Assert.True(Guid.TryParse(entry.CorrelationId, out _)));
        Assert.All(logger.Entries, entry => Assert.Equal(EventLogLevel.Informational, entry.EventLogLevel));
    }

    private static async Task<string> AcquireAsync(Action<ManagedIdentityApplicationBuilder> configure)
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("token-sesame"));
        await scene.App(configure, ManagedIdentityId.WithUserAssignedClientId(ClientId))
            .AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);
        return scene.Server.Address.Authority;
    }

    private sealed class ListLogger : IIdentityLogger
    {
        public List<LogEntry> Entries { get; } = [];

        public bool IsEnabled(EventLogLevel eventLogLevel) => eventLogLevel <= EventLogLevel.Informational;

        public void Log(LogEntry entry) => Entries.Add(entry);
    }
}
