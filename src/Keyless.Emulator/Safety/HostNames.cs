using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Keyless.Emulator.Safety;

/// <summary>Which names in a <c>Host</c> header mean the emulator, and which one it gives for itself.</summary>
/// <remarks>A web page that has made its own name resolve to this machine still sends that name, and is found out by it.</remarks>
internal sealed class HostNames
{
    /// <summary>The listener's own address and, on loopback, localhost; nothing else.</summary>
    public static readonly HostNames OwnOnly = new([]);

    private readonly AllowedHost[] _allowed;

    private HostNames(AllowedHost[] allowed) => _allowed = allowed;

    public static HostNames Of(EmulatorOptions options) =>
        new([.. options.AllowedHosts.Select(text => AllowedHost.TryParse(text, out var host) ? host : null).OfType<AllowedHost>()]);

    /// <summary>Whether a request to an address names that address, or another that is allowed.</summary>
    /// <param name="own">The address that the request came in by.</param>
    /// <param name="header">The <c>Host</c> header.</param>
    public bool Mean(Uri own, string? header)
    {
        if (!Uri.TryCreate($"{own.Scheme}://{header}", UriKind.Absolute, out var named) || named.UserInfo.Length > 0)
            return false;
        if (named.Port == own.Port && (Same(named.Host, own.Host) || (own.IsLoopback && Same(named.Host, "localhost"))))
            return true;
        return Array.Exists(_allowed, host => host.Means(named, own.Port));
    }

    /// <summary>The name that clients are given for a listener.</summary>
    /// <param name="bound">The address that it listens on.</param>
    public string For(IPAddress bound)
    {
        if (!bound.Equals(IPAddress.Any) && !bound.Equals(IPAddress.IPv6Any))
            return bound.ToString();
        return _allowed is [var first, ..] ? first.Name : (OwnAddress(bound.AddressFamily) ?? IPAddress.Loopback).ToString();
    }

    private static bool Same(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    // Clients of IPv4 reach a listener on :: as well, so that an address of IPv4 is as good.
    private static IPAddress? OwnAddress(AddressFamily family) => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => !address.IsIPv6LinkLocal && (address.AddressFamily == AddressFamily.InterNetwork || address.AddressFamily == family))
        .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
        .FirstOrDefault();
}
