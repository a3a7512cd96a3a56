using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Keyless.Emulator.Tests.Support;

/// <summary>Server-sent events as they come.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpClient client, HttpResponseMessage response, Stream body)
    {
        _client = client;
        _response = response;
        _reader = new StreamReader(body);
    }

    public string? ContentType => _response.Content.Headers.ContentType?.ToString();

    public static async Task<EventStream> OpenAsync(Uri address, params (string Name, string Value)[] headers)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new EventStream(client, response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public async Task<string?> LineAsync() => await _reader.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>The next event; comments are passed over.</summary>
    public async Task<ServerEvent> NextAsync()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            var line = await LineAsync();
            Assert.NotNull(line);
            if (line.Length > 0 && line[0] != ':')
                fields[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
            else if (line.Length == 0 && fields.Count > 0)
                return new ServerEvent(long.Parse(fields["id"], CultureInfo.InvariantCulture), fields["event"], fields["data"]);
        }
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>One event.</summary>
internal sealed record ServerEvent(long Id, string Event, string Text)
{
    public JsonElement Data => JsonDocument.Parse(Text).RootElement;
}
