using System.Net;
using System.Net.Sockets;

namespace Keyless.Testing;

/// <summary>A loopback port on which nothing listens, and on which nothing will while this lives: connections are refused.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Takes a port without listening on it.</summary>
    public ClosedPort()
    {
        _socket.ExclusiveAddressUse = true;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>The root of the port, as an http address.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Gives the port back.</summary>
    public void Dispose() => _socket.Dispose();
}
