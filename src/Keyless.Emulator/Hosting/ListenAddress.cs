using System.Net;
using System.Net.NetworkInformation;

namespace Keyless.Emulator.Hosting;

/// <summary>Which addresses may be listened on: those that only this machine can reach, unless others are wanted in earnest.</summary>
internal static class ListenAddress
{
    private static readonly IPAddress LinkLocal = IPAddress.Parse("169.254.169.254");

    /// <exception cref="EmulatorException">Others could reach the address, and the options don't say that they may.</exception>
    public static void Require(EmulatorOptions options)
    {
        var address = options.Address;
        if (address is not null && IPAddress.IsLoopback(address))
            return;
        if (LinkLocal.Equals(address) && IsOnLoopbackInterface(address))
            return;
        if (address is not null && !IsLinkLocal(address) && options is { AllowRemote: true, AdminKey: not null })
            return;

        throw EmulatorException.Of(nameof(EmulatorOptions.Address), $"is {address?.ToString() ?? "null"}. {Remedy(address, options)}");
    }

    private static string Remedy(IPAddress? address, EmulatorOptions options)
    {
        const string AllowRemote = $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.AllowRemote)}";
        const string AdminKey = $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.AdminKey)}";
        if (LinkLocal.Equals(address))
        {
            return "This machine's loopback interface does not carry it. Add it there, in a network namespace of its own: "
                + $"ip address add {address}/32 dev lo";
        }

        if (address is null || IsLinkLocal(address))
            return "Give a loopback address such as 127.0.0.1.";
        if (!options.AllowRemote)
        {
            return "Whoever reaches the emulator gets tokens, so give a loopback address such as 127.0.0.1. If other machines are meant to "
                + $"reach it, set {AllowRemote} and {AdminKey}.";
        }

        return $"Other machines would reach the emulator, which takes an admin key. Set {AdminKey} to a secret of at least "
            + $"{EmulatorOptions.AdminKeyLength} characters.";
    }

    // On somebody's link the addresses of metadata services are not ours to take.
    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.GetAddressBytes() is [169, 254, _, _]) || (address.IsIPv4MappedToIPv6 && IsLinkLocal(address.MapToIPv4()));

    private static bool IsOnLoopbackInterface(IPAddress address) => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Any(unicast => unicast.Address.Equals(address));
}
