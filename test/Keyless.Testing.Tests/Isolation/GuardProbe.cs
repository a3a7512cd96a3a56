using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Keyless.Testing.Tests.Isolation;

/// <summary>What a child process of the guard's tests does: one attempt to reach an address.</summary>
internal static class GuardProbe
{
    internal const string Command = "guard-probe";
    internal const string Survived = "The guard let it pass.";

    internal static async Task<int> RunAsync(string[] probe)
    {
        try
        {
            await AttemptAsync(probe);
        }
        catch (Exception e) when (e is SocketException or HttpRequestException)
        {
            // Refused by the system: for the guard the attempt is what counts.
        }

        Console.WriteLine(Survived);
        return 0;
    }

    private static Task AttemptAsync(string[] probe) => probe switch
    {
        ["socket", var address, var port] => ConnectAsync(address, port),
        ["synchronous-socket", var address, var port] => Task.Run(() => Connect(address, port)),
        ["http", var url] => GetAsync(url),
        ["name", var name] => Dns.GetHostAddressesAsync(name),
        _ => throw new ArgumentException($"Not a probe: {string.Join(' ', probe)}", nameof(probe)),
    };

    private static async Task ConnectAsync(string address, string port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Parse(address), int.Parse(port, CultureInfo.InvariantCulture));
    }

    private static void Connect(string address, string port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Parse(address), int.Parse(port, CultureInfo.InvariantCulture));
    }

    private static async Task GetAsync(string url)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(url));
    }
}
