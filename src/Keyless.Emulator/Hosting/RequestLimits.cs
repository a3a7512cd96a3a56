using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Keyless.Emulator.Hosting;

/// <summary>How much a client may ask of a listener. Managed identity requests are far below all of it.</summary>
internal sealed record RequestLimits
{
    public int Body { get; init; } = 64 * 1024;

    /// <summary>All headers together.</summary>
    public int Headers { get; init; } = 32 * 1024;

    public int HeaderCount { get; init; } = 64;

    /// <summary>Method, path and query. Scopes and claims can make a query long.</summary>
    public int RequestLine { get; init; } = 16 * 1024;

    /// <summary>How long the headers may take to arrive.</summary>
    public TimeSpan HeadersTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may stay open without a request.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(2);

    public int Connections { get; init; } = 1024;

    public void ApplyTo(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = Body;
        limits.MaxRequestBufferSize = Math.Max(Body, RequestLine + Headers);
        limits.MaxRequestHeadersTotalSize = Headers;
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.MaxRequestLineSize = RequestLine;
        limits.RequestHeadersTimeout = HeadersTime;
        limits.KeepAliveTimeout = IdleTime;
        limits.MaxConcurrentConnections = Connections;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
