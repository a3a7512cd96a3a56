using System.Globalization;
using System.Net;

namespace Keyless.Testing;

/// <summary>Reads the address that the runtime's "ConnectStart" event carries and says whether it stays on this machine.</summary>
/// <remarks>
/// The event carries a serialised socket address: family, size and the bytes after the family,
/// such as <c>InterNetwork:16:{0,80,127,0,0,1,0,0,0,0,0,0,0,0}</c> (port, address, padding) or, for IPv6,
/// port, flow label, address and scope. Whatever cannot be read does not count as local.
/// </remarks>
public static class ConnectionTarget
{
    private const int IPv4AddressAt = 2;
    private const int IPv6AddressAt = 6;

    /// <summary>Whether a connection to this serialised socket address stays on the machine.</summary>
    /// <param name="serialized">The event's text.</param>
    /// <param name="description">The address in a form for people; the text itself when it cannot be read.</param>
    public static bool IsLocal(string serialized, out string description)
    {
        ArgumentNullException.ThrowIfNull(serialized);
        description = serialized;

        if (serialized.StartsWith("Unix:", StringComparison.Ordinal))
            return true;
        if (!TryReadEndPoint(serialized, out var endPoint))
            return false;

        description = endPoint.ToString();
        // The unspecified address (0.0.0.0) connects to this machine as well, but nobody means it: it does not count.
        return IPAddress.IsLoopback(endPoint.Address);
    }

    /// <summary>Whether looking this name up stays on the machine: only <c>localhost</c> and loopback addresses do.</summary>
    /// <param name="name">A host name or an address.</param>
    public static bool IsLocalName(string name) =>
        string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

    private static bool TryReadEndPoint(string serialized, out IPEndPoint endPoint)
    {
        endPoint = new IPEndPoint(IPAddress.None, 0);
        var open = serialized.IndexOf('{', StringComparison.Ordinal);
        if (open < 0 || !serialized.EndsWith('}') || !TryReadBytes(serialized[(open + 1)..^1], out var bytes))
            return false;

        var (at, length) = serialized.StartsWith("InterNetworkV6:", StringComparison.Ordinal) ? (IPv6AddressAt, 16)
            : serialized.StartsWith("InterNetwork:", StringComparison.Ordinal) ? (IPv4AddressAt, 4)
            : (0, 0);
        if (length == 0 || bytes.Length < at + length)
            return false;

        var address = new IPAddress(bytes.AsSpan(at, length));
        endPoint = new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, (bytes[0] << 8) | bytes[1]);
        return true;
    }

    private static bool TryReadBytes(string list, out byte[] bytes)
    {
        var parts = list.Split(',');
        bytes = new byte[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
                return false;
        }

        return true;
    }
}
