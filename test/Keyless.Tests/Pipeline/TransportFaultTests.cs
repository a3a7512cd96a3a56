using System.Net.Sockets;
using System.Security.Authentication;
using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

/// <summary>What each exception of the platform means for retrying, and how it is told.</summary>
public sealed class TransportFaultTests
{
    private static readonly (Exception Exception, string Fault)[] Table =
    [
        (new HttpRequestException(HttpRequestError.ConnectionError, "x", Socket(SocketError.ConnectionRefused)), "ConnectFailed"),
        (new HttpRequestException(HttpRequestError.NameResolutionError, "x", Socket(SocketError.HostNotFound)), "ConnectFailed"),
        (new HttpRequestException("x", Socket(SocketError.ConnectionRefused)), "ConnectFailed"),
        (new OperationCanceledException("x", new TimeoutException()), "ConnectFailed"),
        (new TaskCanceledException("x", new TimeoutException()), "ConnectFailed"),
        (new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new AuthenticationException()), "CertificateRefused"),
        (new HttpRequestException("x", new AuthenticationException()), "CertificateRefused"),
        (new HttpRequestException(HttpRequestError.InvalidResponse, "x"), "NotHttp"),
        (new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "x"), "NotHttp"),
        (new HttpIOException(HttpRequestError.InvalidResponse, "x"), "NotHttp"),
        (new HttpRequestException(HttpRequestError.ResponseEnded, "x"), "ConnectionLost"),
        (new HttpRequestException("x", new IOException("x", Socket(SocketError.ConnectionReset))), "ConnectionLost"),
        (new HttpIOException(HttpRequestError.ResponseEnded, "x"), "ConnectionLost"),
        (new IOException("x"), "ConnectionLost"),
        (new ObjectDisposedException("x"), "ConnectionLost"),
        (new OperationCanceledException("x"), "ConnectionLost"),
        (new InvalidOperationException("x"), "None"),
        (new KeyNotFoundException("x"), "None"),
    ];

    [Fact]
    public void Every_exception_has_its_meaning()
    {
        foreach (var (exception, fault) in Table)
            Assert.True(
                fault == EndpointTransport.Classify(exception, attemptTimedOut: false).ToString(),
                $"{exception}: {EndpointTransport.Classify(exception, attemptTimedOut: false)}");
    }

    [Fact]
    public void When_the_attempts_time_is_up_whatever_breaks_is_a_timeout()
    {
        foreach (var (exception, _) in Table)
            Assert.Equal(TransportFault.TimedOut, EndpointTransport.Classify(exception, attemptTimedOut: true));
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, "connection refused")]
    [InlineData(SocketError.NetworkUnreachable, "no route to it")]
    [InlineData(SocketError.HostUnreachable, "no route to it")]
    [InlineData(SocketError.HostNotFound, "its name can't be resolved")]
    [InlineData(SocketError.NoData, "its name can't be resolved")]
    [InlineData(SocketError.TryAgain, "its name can't be resolved")]
    [InlineData(SocketError.AccessDenied, "AccessDenied")]
    public void The_reason_is_found_at_the_bottom(SocketError error, string expected) =>
        Assert.Equal(expected, EndpointAttempt.WhyUnreachable(new HttpRequestException("x", new IOException("x", Socket(error)))));

    [Fact]
    public void Other_reasons_are_told_as_well_as_can_be()
    {
        Assert.Equal("no reaction", EndpointAttempt.WhyUnreachable(new TaskCanceledException("x", new TimeoutException())));
        Assert.Equal("IOException", EndpointAttempt.WhyUnreachable(new IOException("x")));
        Assert.Equal("unknown reason", EndpointAttempt.WhyUnreachable(cause: null));
    }

    private static SocketException Socket(SocketError error) => new((int)error);
}
