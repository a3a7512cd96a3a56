using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Keyless.Sources;

namespace Keyless.Pipeline;

/// <summary>
/// Sends requests to local endpoints: no proxy, no redirects, no cookies, no ambient credentials, no trace headers, nothing read
/// beyond 64 KiB. The handler is made at the first request, for the kind of source that it goes to, and for Service Fabric for the certificate that it pins.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The handlers close idle connections by themselves; clients are kept for the life of the process and need no disposal.")]
[SuppressMessage("Usage", "VSTHRD103:Call async methods when in an async method", Justification = "The synchronous path is meant to block.")]
[SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The synchronous path is meant to block, on a thread of its own.")]
internal sealed class EndpointTransport(HttpMessageHandler? handler, Func<string, HttpMessageHandler>? pinnedHandlerFactory)
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int FirstBufferBytes = 8 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    // Calls come in bursts at start-up and then hours apart.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(15);

    private readonly object _gate = new();
    private Channel? _current;
    private CancellationTokenSource? _spareTimer;

    /// <summary>Sends one request and reads the answer.</summary>
    /// <exception cref="OperationCanceledException">The time budget, not just the attempt's share of it, is used up.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Sending> SendAsync(bool async, EndpointRequest request, SourceConnection connection, TimeSpan timeout, TimeBudget budget)
    {
        var attempt = budget.Share(timeout, Interlocked.Exchange(ref _spareTimer, null));
        try
        {
            var invoker = InvokerFor(connection);
            using var message = request.ToMessage();
            using var response = async
                ? await invoker.SendAsync(message, attempt.Token).ConfigureAwait(false)
                : Send(invoker, message, attempt.Token);
            return new Sending(await ReadAsync(async, response, attempt.Token).ConfigureAwait(false), TransportFault.None, cause: null);
        }
        catch (OperationCanceledException) when (attempt.IsBudgetSpent)
        {
            throw new OperationCanceledException(attempt.Token);
        }
        catch (Exception e) when (Classify(e, attempt.IsSpent) is var fault && fault != TransportFault.None)
        {
            // Closing the connection under a blocked read is how a synchronous one is cancelled.
            if (attempt.IsBudgetSpent)
                throw new OperationCanceledException(attempt.Token);
            return new Sending(answer: null, fault, e);
        }
        finally
        {
            Volatile.Write(ref _spareTimer, attempt.Reclaim());
        }
    }

    internal static TransportFault Classify(Exception exception, bool attemptTimedOut) => exception switch
    {
        _ when attemptTimedOut => TransportFault.TimedOut,
        TimeoutException => TransportFault.TimedOut,
        OperationCanceledException { InnerException: TimeoutException } => TransportFault.ConnectFailed,
        OperationCanceledException => TransportFault.ConnectionLost,
        HttpRequestException { InnerException: AuthenticationException } => TransportFault.CertificateRefused,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => TransportFault.NotHttp,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => TransportFault.NotHttp,
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => TransportFault.ConnectionLost,
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: IOException } => TransportFault.ConnectionLost,
        HttpRequestException => TransportFault.ConnectFailed,
        IOException or ObjectDisposedException => TransportFault.ConnectionLost,
        _ => TransportFault.None,
    };

    private static HttpResponseMessage Send(HttpMessageInvoker invoker, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return invoker.Send(message, cancellationToken);
        }
        catch (NotSupportedException)
        {
            // A handler of the application's own that has no synchronous form.
            return invoker.SendAsync(message, cancellationToken).GetAwaiter().GetResult();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Answer> ReadAsync(bool async, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = async
            ? await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false)
            : response.Content.ReadAsStream(cancellationToken);

        // A synchronous read knows no cancellation; closing the connection ends it.
        using var closing = async ? default : cancellationToken.UnsafeRegister(static state => ((HttpResponseMessage)state!).Dispose(), response);

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        var length = 0;
        try
        {
            while (length <= MaxBodyBytes)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer, length);
                var read = async
                    ? await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)
                    : stream.Read(buffer, length, buffer.Length - length);
                if (read == 0)
                    break;
                length += read;
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            throw;
        }

        return new Answer((int)response.StatusCode, buffer, Math.Min(length, MaxBodyBytes))
        {
            IsTruncated = length > MaxBodyBytes,
            Headers = response.Headers,
        };
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    private HttpMessageInvoker InvokerFor(SourceConnection connection)
    {
        lock (_gate)
        {
            var current = _current;
            if (current is not null && current.Serves(connection))
                return current.Invoker;

            // Requests by the old one may still be under way: it is left to the collector.
            _current = current = new Channel(connection, new HttpMessageInvoker(HandlerFor(connection), disposeHandler: false));
            return current.Invoker;
        }
    }

    private HttpMessageHandler HandlerFor(SourceConnection connection)
    {
        var connections = connection.Source.MostConnections;
        return connection.Thumbprint is { } thumbprint
            ? pinnedHandlerFactory?.Invoke(thumbprint) ?? CreateHandler(new CertificatePin(thumbprint), connections)
            : handler ?? CreateHandler(pin: null, connections);
    }

    internal static SocketsHttpHandler CreateHandler(CertificatePin? pin, int connections) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        Credentials = null,
        PreAuthenticate = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = IdleTimeout,
        MaxConnectionsPerServer = connections,
        MaxResponseDrainSize = 0,
        SslOptions = pin?.ToOptions() ?? new SslClientAuthenticationOptions { CertificateChainPolicy = CertificatePin.NoDownloads() },
    };

    /// <summary>What requests to one kind of source, or to one certificate, are sent by.</summary>
    private sealed class Channel(SourceConnection connection, HttpMessageInvoker invoker)
    {
        public HttpMessageInvoker Invoker => invoker;

        public bool Serves(SourceConnection other) =>
            ReferenceEquals(connection, other) || (connection.Kind == other.Kind && connection.Thumbprint == other.Thumbprint);
    }
}
