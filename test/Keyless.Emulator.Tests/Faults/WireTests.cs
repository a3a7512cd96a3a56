using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>What is on the wire when a connection misbehaves, byte for byte, with and without TLS.</summary>
public sealed partial class WireTests(FaultyEmulator faulty) : IClassFixture<FaultyEmulator>, IDisposable
{
    private readonly FakeClock _clock = faulty.Clock;

    private ManagedIdentityEmulator Emulator => faulty.Emulator;

    public void Dispose() => faulty.Clear();

    [Theory]
    [InlineData(SourceKind.AppService, CutPoint.ResetBeforeAnswer)]
    [InlineData(SourceKind.ServiceFabric, CutPoint.ResetBeforeAnswer)]
    [InlineData(SourceKind.AppService, CutPoint.ResetAfterHeaders)]
    [InlineData(SourceKind.ServiceFabric, CutPoint.ResetAfterHeaders)]
    [InlineData(SourceKind.AppService, CutPoint.ResetInBody)]
    [InlineData(SourceKind.ServiceFabric, CutPoint.ResetInBody)]
    public async Task a_reset_is_a_reset_behind_exactly_the_bytes_it_says(SourceKind source, CutPoint at)
    {
        var (text, end) = await AskAsync(source, Fault.Cut(at));

        Assert.Equal(SocketError.ConnectionReset, end);
        switch (at)
        {
            case CutPoint.ResetBeforeAnswer:
                Assert.Empty(text);
                break;
            case CutPoint.ResetAfterHeaders:
                Assert.StartsWith("HTTP/1.1 200 OK\r\n", text, StringComparison.Ordinal);
                Assert.EndsWith("\r\n\r\n", text, StringComparison.Ordinal);
                Assert.True(LengthIn(text) > 500);
                break;
            default:
                Assert.Equal(LengthIn(text) / 2, BodyIn(text).Length);
                break;
        }
    }

    [Theory]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.ServiceFabric)]
    public async Task a_short_body_ends_in_good_order_before_the_length_that_it_has(SourceKind source)
    {
        var (text, end) = await AskAsync(source, Fault.Cut(CutPoint.ShortBody));

        Assert.Equal(SocketError.Success, end);
        Assert.Equal(LengthIn(text) / 2, BodyIn(text).Length);
    }

    [Theory]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.ServiceFabric)]
    public async Task a_close_sends_nothing(SourceKind source)
    {
        Assert.Equal(("", SocketError.Success), await AskAsync(source, Fault.Cut(CutPoint.CloseBeforeAnswer)));
    }

    [Fact]
    public async Task a_bad_chunk_stands_behind_a_good_one()
    {
        var (text, _) = await AskAsync(SourceKind.AppService, Fault.Cut(CutPoint.BadChunk));

        var body = BodyIn(text);
        var length = Convert.ToInt32(body[..body.IndexOf('\r', StringComparison.Ordinal)], 16);
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", text, StringComparison.Ordinal);
        Assert.StartsWith("\r\nno-length\r\n", body[(body.IndexOf('\n', StringComparison.Ordinal) + 1 + length)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task garbage_is_no_status_line()
    {
        var (text, _) = await AskAsync(SourceKind.AppService, Fault.Cut(CutPoint.GarbageStatusLine));

        Assert.Equal("\u0001\u0002 not HTTP at all\r\n\r\n", text);
    }

    [Theory]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.ServiceFabric)]
    public async Task a_drip_sends_a_portion_at_each_interval_and_nothing_in_between(SourceKind source)
    {
        Emulator[source].Faults.Enqueue(Fault.Drip(TimeSpan.FromSeconds(3), bytes: 5, headers: true));
        using var client = new TcpClient();
        await using var stream = await SendAsync(client, Emulator[source]);

        var received = new StringBuilder();
        foreach (var expected in new[] { "HTTP/", "1.1 2", "00 OK" })
        {
            await _clock.WaitForTimerAsync(delay => delay == TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromSeconds(2));
            if (source == SourceKind.AppService) // TLS has bytes of its own.
                Assert.Equal(0, client.Available);
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(expected, await ReadAsync(stream, 5));
        }

        // The next drip must not be taken for this one.
        client.Close();
        while (_clock.PendingTimers.Any(timer => timer.Delay == TimeSpan.FromSeconds(3)))
            await Task.Yield();
    }

    [Fact]
    public async Task a_hang_sends_nothing_or_the_head_alone_and_keeps_the_connection_open()
    {
        var web = Emulator[SourceKind.AppService];
        web.Faults.Enqueue(Fault.Hang());
        web.Faults.Enqueue(Fault.Hang(HangPoint.AfterHeaders));
        using var silent = new TcpClient();
        using var half = new TcpClient();
        await using var nothing = await SendAsync(silent, Emulator[SourceKind.AppService]);
        while (web.Faults.Queue.Count == 2)
            await Task.Yield();
        await using var head = await SendAsync(half, Emulator[SourceKind.AppService]);

        var text = await ReadUntilAsync(head, "\r\n\r\n");
        _clock.Advance(TimeSpan.FromHours(5));

        Assert.StartsWith("HTTP/1.1 200 OK", text, StringComparison.Ordinal);
        Assert.True(LengthIn(text) > 500);
        Assert.Equal(0, half.Available);
        Assert.Equal(0, silent.Available);
        Assert.True(IsOpen(silent) && IsOpen(half));
    }

    [Theory]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.ServiceFabric)]
    public async Task an_emulator_ends_at_once_while_requests_hang(SourceKind source)
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [source], TimeProvider = _clock }, TestContext.Current.CancellationToken);
        var host = emulator[source];
        host.Faults.Enqueue(Fault.Hang());
        host.Faults.Enqueue(Fault.Latency(TimeSpan.FromHours(20)));
        host.Faults.Enqueue(Fault.Drip(TimeSpan.FromHours(20)));
        var clients = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
        {
            clients.Add(new TcpClient());
            await SendAsync(clients[^1], host);
        }

        while (host.Faults.Queue.Count > 0)
            await Task.Yield();
        host.Faults.Enqueue(Fault.Connection(ConnectionFlaw.NeverRead));
        clients.Add(new TcpClient());
        await clients[^1].ConnectAsync(host.Endpoint.Host, host.Endpoint.Port, TestContext.Current.CancellationToken);
        while (host.Faults.Queue.Count > 0)
            await Task.Yield();

        await emulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task a_hang_ends_when_the_client_gives_up()
    {
        var web = Emulator[SourceKind.AppService];
        web.Faults.Enqueue(Fault.Latency(TimeSpan.FromHours(20)));
        using (var client = new TcpClient())
        {
            await SendAsync(client, Emulator[SourceKind.AppService]);
            await _clock.WaitForTimerAsync(delay => delay == TimeSpan.FromHours(20), TestContext.Current.CancellationToken);
        }

        while (_clock.PendingTimers.Any(timer => timer.Delay == TimeSpan.FromHours(20)))
            await Task.Yield();
    }

    [Fact]
    public async Task a_connection_that_is_never_read_stays_silent_and_the_next_one_is_served()
    {
        var web = Emulator[SourceKind.AppService];
        web.Faults.Enqueue(Fault.Connection(ConnectionFlaw.NeverRead));
        using var deaf = new TcpClient();
        await using var stream = await SendAsync(deaf, Emulator[SourceKind.AppService]);
        while (web.Faults.Queue.Count > 0)
            await Task.Yield();

        Assert.Equal(200, (int)(await web.GetAsync(QueryFor(SourceKind.AppService), HostCalls.SecretOf(web))).Status);
        Assert.True(IsOpen(deaf) && deaf.Available == 0);
    }

    private static bool IsOpen(TcpClient client) => !client.Client.Poll(0, SelectMode.SelectRead);

    private static int LengthIn(string text) => int.Parse(ContentLength().Match(text).Groups["length"].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static string BodyIn(string text) => text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    private static string QueryFor(SourceKind source) =>
        $"api-version={(source == SourceKind.AppService ? "2019-08-01" : "2020-05-01")}&resource={HostCalls.Vault}";

    private static async Task<string> ReadAsync(Stream stream, int bytes)
    {
        var buffer = new byte[bytes];
        await stream.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer);
    }

    private static async Task<string> ReadUntilAsync(Stream stream, string end)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
            text.Append(await ReadAsync(stream, 1));
        return text.ToString();
    }

    [GeneratedRegex("\r\nContent-Length: (?<length>[0-9]+)\r\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContentLength();

    /// <summary>Asks once and reads to the end of the connection, whatever that is.</summary>
    private async Task<(string Text, SocketError End)> AskAsync(SourceKind source, Fault fault)
    {
        Emulator[source].Faults.Enqueue(fault);
        using var client = new TcpClient();
        await using var stream = await SendAsync(client, Emulator[source]);
        var received = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
                await received.WriteAsync(buffer.AsMemory(0, count), TestContext.Current.CancellationToken);
            return (Encoding.Latin1.GetString(received.ToArray()), SocketError.Success);
        }
        catch (IOException exception)
        {
            return (Encoding.Latin1.GetString(received.ToArray()), ((SocketException)exception.InnerException!).SocketErrorCode);
        }
    }

    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "The certificate has tests of its own.")]
    private static async Task<Stream> SendAsync(TcpClient client, EmulatedHost host)
    {
        await client.ConnectAsync(host.Endpoint.Host, host.Endpoint.Port, TestContext.Current.CancellationToken);
        Stream stream = client.GetStream();
        if (host.Endpoint.Scheme == "https")
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
            await tls.AuthenticateAsClientAsync("localhost");
            stream = tls;
        }

        var (name, value) = HostCalls.SecretOf(host);
        var request = $"GET {host.Endpoint.AbsolutePath}?{QueryFor(host.Source)} HTTP/1.1\r\nHost: {host.Endpoint.Authority}\r\n{name}: {value}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        return stream;
    }
}
