using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Keyless.Cli.Diagnosis;

/// <summary>Looks at an endpoint: one connection and at most one request, which asks for nothing, in a short time.</summary>
internal sealed class EndpointObserver(TimeProvider time)
{
    private const int MostBytes = 8192;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <param name="address">The endpoint.</param>
    /// <param name="asks">Whether to send a request, too. Without one there is no time to be seen.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<EndpointLook> LookAsync(Uri address, bool asks, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.DnsSafeHost, address.Port, ending.Token);
            await using Stream plain = new NetworkStream(socket);
            if (address.Scheme != Uri.UriSchemeHttps)
                return new EndpointLook { WasAsked = asks, Date = asks ? await AskAsync(plain, address, ending.Token) : null };

            List<string> thumbprints = [];
            await using var secure = await SecureAsync(plain, address, thumbprints, ending.Token);
            return new EndpointLook
            {
                WasAsked = asks,
                Date = asks ? await AskAsync(secure, address, ending.Token) : null,
                Thumbprints = thumbprints,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EndpointLook
            {
                Problem = string.Create(CultureInfo.InvariantCulture, $"it did not answer within {Limit.TotalSeconds} s"),
            };
        }
        catch (SocketException e)
        {
            return new EndpointLook
            {
                Problem = e.SocketErrorCode == SocketError.ConnectionRefused
                    ? "nothing listens there"
                    : $"the connection failed ({e.SocketErrorCode})",
            };
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return new EndpointLook { Problem = "something listens there, but the conversation failed" };
        }
    }

    [SuppressMessage(
        "Security", "CA5359:Do not disable certificate validation", Justification = "It is looked at; nothing is confided to it.")]
    private static async Task<SslStream> SecureAsync(
        Stream plain, Uri address, List<string> thumbprints, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = address.DnsSafeHost,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    if (certificate is not null)
                    {
                        thumbprints.Add(certificate.GetCertHashString(HashAlgorithmName.SHA1));
                        thumbprints.Add(certificate.GetCertHashString(HashAlgorithmName.SHA256));
                    }

                    return true;
                },
            },
            cancellationToken);
        return secure;
    }

    // Any answer will do: what counts is its Date. Nothing is asked for, so that nothing is handed out.
    private static async Task<DateTimeOffset?> AskAsync(Stream stream, Uri address, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HEAD / HTTP/1.1\r\nHost: {address.Authority}\r\nUser-Agent: keyless-doctor\r\nConnection: close\r\n\r\n"),
            cancellationToken);
        var buffer = new byte[MostBytes];
        var length = 0;
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
                break;
        }

        const string Header = "Date:";
        var line = Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n").FirstOrDefault(
            each => each.StartsWith(Header, StringComparison.OrdinalIgnoreCase));
        return DateTimeOffset.TryParse(line?[Header.Length..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
    }
}
