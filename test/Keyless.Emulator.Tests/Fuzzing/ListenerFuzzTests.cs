using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Fuzzing;

/// <summary>Malformed, slow and oversized requests against every listener: it refuses them, and goes on.</summary>
[Collection(nameof(ListenerFuzzTests))]
[CollectionDefinition(nameof(ListenerFuzzTests), DisableParallelization = true)] // It looks at the memory of the whole process.
public sealed partial class ListenerFuzzTests(RunningEmulator running)
{
    private const int RequestsPerListener = 60;

    // Completes whatever request the listener still waits for, or is none itself: the connection always comes to its end.
    private static readonly byte[] End = new byte[80 * 1024];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Listeners => ["authority", "admin", .. Enum.GetNames<SourceKind>()];

    [Theory]
    [MemberData(nameof(Listeners))]
    public async Task it_survives_whatever_is_sent(string listener)
    {
        var random = FuzzSeed.Take(out var seed);
        var address = AddressOf(listener);
        var requests = new BadRequests(random, address);
        using var unobserved = new UnobservedExceptions();
        var open = new List<IDisposable>();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var left = RequestsPerListener; left > 0; left--)
        {
            var request = requests.Next();
            if (left % 6 == 0)
            {
                // A slow one: half of it, and nothing more for as long as the test lasts.
                var (client, stream) = await ConnectAsync(address, tls: IsSecure(address) && left % 12 == 0);
                open.Add(client);
                await WriteAsync(stream, request.AsMemory(0, request.Length / 2));
                continue;
            }

            var answer = await SendAsync(address, request, tls: IsSecure(address) && left % 8 != 0);
            Assert.False(ServerError().IsMatch(answer), $"{seed}\n{Encoding.Latin1.GetString(request)}\n---\n{answer}");
        }

        Assert.True(await AnswersAsync(listener), seed);
        open.ForEach(client => client.Dispose());
        Assert.Empty(unobserved.Collect());
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 * 1024 * 1024);
    }

    private Uri AddressOf(string listener) => Enum.TryParse<SourceKind>(listener, out var source)
        ? running[source].Endpoint
        : listener == "admin" ? new Uri(running.Emulator.AdminAddress!, "journal")
        : new Uri(running.Emulator.Authority, ".well-known/openid-configuration");

    private static bool IsSecure(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    // Any answer of the endpoint's own will do: it reads requests and writes answers.
    private async Task<bool> AnswersAsync(string listener)
    {
        var answer = await HostCalls.GetAsync(AddressOf(listener), HostCalls.Metadata);
        return (int)answer.Status is >= 200 and < 500 && answer.ContentType is not null;
    }

    private static async Task<string> SendAsync(Uri address, byte[] request, bool tls)
    {
        var (client, stream) = await ConnectAsync(address, tls);
        using (client)
        {
            var answer = ReadAsync(stream);
            await WriteAsync(stream, request);
            await WriteAsync(stream, End);
            return await answer;
        }
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes, Cancelled);
        }
        catch (IOException)
        {
            // The listener has closed the connection already, as it may.
        }
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, Cancelled);
        }
        catch (IOException)
        {
            // A reset instead of an end.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "The certificate has tests of its own.")]
    private static async Task<(TcpClient Client, Stream Stream)> ConnectAsync(Uri address, bool tls)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancelled);
        if (!tls)
            return (client, client.GetStream());

        var secure = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, Cancelled);
        return (client, secure);
    }

    // 505 is the client's error: a version of HTTP that there is not.
    [GeneratedRegex(@"^HTTP/1\.\d 5(?!05)\d\d ", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServerError();

    /// <summary>What the emulator throws where nobody looks.</summary>
    private sealed class UnobservedExceptions : IDisposable
    {
        private readonly ConcurrentQueue<string> _found = [];

        public UnobservedExceptions() => TaskScheduler.UnobservedTaskException += Add;

        public ConcurrentQueue<string> Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return _found;
        }

        public void Dispose() => TaskScheduler.UnobservedTaskException -= Add;

        private void Add(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            var text = args.Exception.ToString();
            if (text.Contains("at Keyless.Emulator.", StringComparison.Ordinal) && !text.Contains(
                "at Keyless.Emulator.Tests.", StringComparison.Ordinal))
                _found.Enqueue(text);
        }
    }
}
