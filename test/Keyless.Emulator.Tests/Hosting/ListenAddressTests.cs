using System.Net;

namespace Keyless.Emulator.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task an_address_that_others_reach_is_refused(string address)
    {
        var exception = await Assert.ThrowsAsync<EmulatorException>(() => StartAsync(address));

        Assert.Contains("EmulatorOptions.Address", exception.Message, StringComparison.Ordinal);
        Assert.Contains(address, exception.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_link_local_address_is_refused_where_the_loopback_interface_lacks_it()
    {
        var exception = await Assert.ThrowsAsync<EmulatorException>(() => StartAsync("169.254.169.254"));

        Assert.Contains("loopback interface", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ip address add", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public async Task any_loopback_address_is_taken(string address)
    {
        Assert.SkipUnless(CanBind(address), $"This machine does not have {address}.");

        await using var emulator = await StartAsync(address);

        Assert.Equal(IPAddress.Parse(address), IPAddress.Parse(emulator[SourceKind.Imds].Endpoint.Host.Trim('[', ']')));
    }

    private static Task<ManagedIdentityEmulator> StartAsync(string address) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds], Address = IPAddress.Parse(address) },
        TestContext.Current.CancellationToken);

    private static bool CanBind(string address)
    {
        try
        {
            using var listener = new System.Net.Sockets.TcpListener(IPAddress.Parse(address), 0);
            listener.Start();
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
