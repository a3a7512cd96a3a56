using System.Net;
using System.Net.Sockets;
using System.Text;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Hosting;

public sealed class RequestLimitsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task headers_that_never_end_are_given_up()
    {
        await using var listener = await StartAsync(new RequestLimits { HeadersTime = TimeSpan.FromSeconds(1) });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.BaseAddress.Port, Cancelled);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: "u8.ToArray(), Cancelled);

        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(Cancelled);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_connection_too_many_is_closed_and_the_others_stay()
    {
        await using var listener = await StartAsync(new RequestLimits { Connections = 1 });
        using var first = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, listener.BaseAddress.Port, Cancelled);
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(first, listener), StringComparison.Ordinal);

        using var second = new TcpClient();
        await second.ConnectAsync(IPAddress.Loopback, listener.BaseAddress.Port, Cancelled);

        Assert.Equal(0, await second.GetStream().ReadAsync(new byte[1], Cancelled));
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(first, listener), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /{long} HTTP/1.1\r\nHost: {own}\r\n\r\n", 414)]
    [InlineData("GET / HTTP/1.1\r\nHost: {own}\r\nX-Large: {long}{long}\r\n\r\n", 431)]
    [InlineData("GET / HTTP/1.1\r\nHost: {own}\r\n{many}\r\n", 431)]
    [InlineData("POST / HTTP/1.1\r\nHost: {own}\r\nContent-Length: 65537\r\n\r\n", 413)]
    public async Task what_is_too_much_is_refused(string request, int status)
    {
        await using var listener = await StartAsync(new RequestLimits());
        var many = string.Concat(Enumerable.Range(0, 65).Select(at => $"X-{at}: a\r\n"));

        var head = await RawCall.SendAsync(listener.BaseAddress, request
            .Replace("{long}", new string('a', 17_000), StringComparison.Ordinal)
            .Replace("{many}", many, StringComparison.Ordinal)
            .Replace("{own}", listener.BaseAddress.Authority, StringComparison.Ordinal));

        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(TcpClient client, Listener listener)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {listener.BaseAddress.Authority}\r\n\r\n"), Cancelled);
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, Cancelled));
    }

    private static Task<Listener> StartAsync(RequestLimits limits) => Listener.StartAsync(
        IPAddress.Loopback, port: 0, "port", certificate: null, Pipeline(), Cancelled, limits);

    private static RequestPipeline Pipeline() => RequestPipeline.Unwatched("test", new Yes(), new EmulatorClock(TimeProvider.System));

    private sealed class Yes : IResponder
    {
        public RequestFacts Describe(EndpointRequest request) => new(Leg.Other);

        public ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken) =>
            new(EndpointAnswer.Json(200, static _ => { }));

        public EndpointAnswer Refuse(int status, string code, string text) => OAuthError.Of(status, code, text);
    }
}
