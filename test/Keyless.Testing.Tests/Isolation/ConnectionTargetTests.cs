namespace Keyless.Testing.Tests.Isolation;

public sealed class ConnectionTargetTests
{
    [Theory]
    [InlineData("InterNetwork:16:{168,173,127,0,0,1,0,0,0,0,0,0,0,0}", "127.0.0.1:43181")]
    [InlineData("InterNetwork:16:{0,80,127,9,8,7,0,0,0,0,0,0,0,0}", "127.9.8.7:80")]
    [InlineData("InterNetworkV6:28:{0,80,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0}", "[::1]:80")]
    [InlineData("InterNetworkV6:28:{0,80,0,0,0,0,0,0,0,0,0,0,0,0,0,0,255,255,127,0,0,1,0,0,0,0}", "127.0.0.1:80")]
    [InlineData("Unix:12:{47,116,109,112,47,120,0}", "Unix:12:{47,116,109,112,47,120,0}")]
    public void addresses_of_this_machine_are_local(string serialized, string description)
    {
        Assert.True(ConnectionTarget.IsLocal(serialized, out var described));
        Assert.Equal(description, described);
    }

    [Theory]
    [InlineData("InterNetwork:16:{0,80,169,254,169,254,0,0,0,0,0,0,0,0}", "169.254.169.254:80")]
    [InlineData("InterNetwork:16:{0,80,0,0,0,0,0,0,0,0,0,0,0,0}", "0.0.0.0:80")]
    [InlineData("InterNetworkV6:28:{0,80,0,0,0,0,0,0,0,0,0,0,0,0,0,0,255,255,169,254,169,254,0,0,0,0}", "169.254.169.254:80")]
    [InlineData("InterNetworkV6:28:{0,80,0,0,0,0,127,0,0,1,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0}", "[7f00:1::1]:80")]
    [InlineData("InterNetwork:16:{0,80,127,0}", "InterNetwork:16:{0,80,127,0}")]
    [InlineData("InterNetwork:16:{}", "InterNetwork:16:{}")]
    [InlineData("Vsock:16:{0,80,127,0,0,1,0,0,0,0,0,0,0,0}", "Vsock:16:{0,80,127,0,0,1,0,0,0,0,0,0,0,0}")]
    [InlineData("", "")]
    public void other_machines_and_whatever_cannot_be_read_are_not(string serialized, string description)
    {
        Assert.False(ConnectionTarget.IsLocal(serialized, out var described));
        Assert.Equal(description, described);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LocalHost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("localhost.example", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("", false)]
    public void only_localhost_and_loopback_addresses_may_be_looked_up(string name, bool local) =>
        Assert.Equal(local, ConnectionTarget.IsLocalName(name));
}
