using System.Net;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tokens;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Keyless.Emulator.Hosting;

/// <summary>What goes wrong with the connections to a port before there is any request.</summary>
/// <param name="faults">What is to go wrong at the port. Null: nothing.</param>
/// <param name="address">The port's address, for certificates.</param>
internal sealed class ConnectionFaults(FaultEngine? faults, IPAddress address) : IDisposable
{
    // A year after such certificates begin to be valid.
    private static readonly DateTimeOffset LongAgo = CertificateValidity.From.AddYears(1);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<ConnectionFlaw, X509Certificate2> _certificates = [];

    /// <summary>Set when the port is being closed.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Sets up a port: below TLS, TLS, above TLS.</summary>
    /// <param name="listen">The port.</param>
    /// <param name="certificate">The certificate for TLS. Null: plain HTTP.</param>
    public void Use(ListenOptions listen, X509Certificate2? certificate)
    {
        listen.Use(next => connection => RawConnection.ServeAsync(
            connection, raw => OpenAsync(connection, raw, isSecure: certificate is not null, next)));
        if (certificate is not null)
        {
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificateSelector = (connection, _) => connection?.Features.Get<RawConnection>()?.Certificate ?? certificate,
            });
        }

        listen.Use(next => connection =>
        {
            RawConnection.Attach(connection);
            return next(connection);
        });
    }

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        _stopping.Dispose();
        lock (_gate)
        {
            foreach (var certificate in _certificates.Values)
                certificate.Dispose();
            _certificates.Clear();
        }
    }

    private async Task OpenAsync(ConnectionContext connection, RawConnection raw, bool isSecure, ConnectionDelegate next)
    {
        switch ((faults?.ForConnection() as ConnectionFault)?.Flaw)
        {
            case ConnectionFlaw.Reset:
                raw.Reset();
                return;
            case ConnectionFlaw.NeverRead:
                await HangAsync(connection).ConfigureAwait(false);
                return;
            case ConnectionFlaw.OldProtocol when isSecure:
                await OldHandshake.AnswerAsync(connection.Transport, Stopping).ConfigureAwait(false);
                return;
            case ConnectionFlaw.OldProtocol:
                break;
            case { } flaw:
                raw.Certificate = CertificateFor(flaw);
                break;
        }

        await next(connection).ConfigureAwait(false);
    }

    private async Task HangAsync(ConnectionContext connection)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, Stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, faults!.Clock, ending.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.Abort();
    }

    private X509Certificate2 CertificateFor(ConnectionFlaw flaw)
    {
        lock (_gate)
        {
            if (!_certificates.TryGetValue(flaw, out var certificate))
                _certificates[flaw] = certificate = Create(flaw);
            return certificate;
        }
    }

    private X509Certificate2 Create(ConnectionFlaw flaw) => flaw switch
    {
        ConnectionFlaw.ExpiredCertificate => ServiceFabricCertificate.Create("localhost", address, LongAgo),
        ConnectionFlaw.CertificateOfAnotherName =>
            ServiceFabricCertificate.Create("elsewhere.example", address: null, CertificateValidity.To),
        _ => ServiceFabricCertificate.Create(address),
    };
}
