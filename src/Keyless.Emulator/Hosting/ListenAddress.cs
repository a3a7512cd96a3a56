using System.Net;
using System.Net.NetworkInformation;

namespace Keyless.Emulator.Hosting;

/// <summary>Which addresses may be listened on: those that only this machine can reach.</summary>
internal static class ListenAddress
{
    private static readonly IPAddress LinkLocal = IPAddress.Parse("169.254.169.254");

    /// <exception cref="EmulatorException">Others could reach the address.</exception>
    public static void Require(IPAddress? address)
    {
        if (address is not null && IPAddress.IsLoopback(address))
            return;
        if (LinkLocal.Equals(address) && IsOnLoopbackInterface(address))
            return;

        var remedy = LinkLocal.Equals(address)
            ? "This machine's loopback interface does not carry it. Add it there, in a network namespace of its own: "
                + $"ip address add {address}/32 dev lo"
            : "Whoever reaches the emulator gets tokens, so give a loopback address such as 127.0.0.1.";
        throw new EmulatorException(
            $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Address)} is {address?.ToString() ?? "null"}. {remedy}");
    }

    private static bool IsOnLoopbackInterface(IPAddress address) => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Any(unicast => unicast.Address.Equals(address));
}
