using System.Net.Sockets;
using System.Text;

namespace Keyless.Emulator.Tests.Support;

/// <summary>Sends bytes that no HTTP client would.</summary>
internal static class RawCall
{
    /// <summary>Sends a request and reads the head of the answer.</summary>
    public static async Task<string> SendAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
            head.AppendLine(line);
        return head.ToString();
    }
}
