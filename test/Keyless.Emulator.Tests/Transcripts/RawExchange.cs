using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Keyless.Emulator.Tests.Transcripts;

/// <summary>Sends a request as it stands and reads the answer as it comes, with no HTTP client in between.</summary>
internal static class RawExchange
{
    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "The certificate has tests of its own.")]
    public static async Task<IReadOnlyList<string>> RunAsync(Uri address, IEnumerable<string> request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using Stream stream = address.Scheme == Uri.UriSchemeHttps
            ? new SslStream(client.GetStream(), leaveInnerStreamOpen: false, static (_, _, _, _) => true)
            : client.GetStream();
        if (stream is SslStream secure)
            await secure.AuthenticateAsClientAsync(address.Host);

        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", request)), cancellationToken);
        return await ReadAsync(stream, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var lines = new List<string>();
        var length = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.Length == 0)
                break;
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                length = int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture);
            Assert.False(line.StartsWith("Transfer-Encoding", StringComparison.OrdinalIgnoreCase), "Platforms send a length.");
        }

        if (length > 0)
        {
            var body = new char[length];
            await reader.ReadBlockAsync(body, cancellationToken);
            lines.Add(new string(body));
        }

        return lines;
    }
}
