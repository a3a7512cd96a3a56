using System.Net;
using Keyless.Emulator.Safety;

namespace Keyless.Emulator.Tests.Safety;

public sealed class HostNamesTests
{
    private static readonly Uri Own = new("http://127.0.0.1:5000/");

    [Theory]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("localhost:5000", true)]
    [InlineData("emulator:5000", true)]
    [InlineData("EMULATOR:5000", true)]
    [InlineData("mapped:8080", true)]
    [InlineData("mapped:5000", false)]
    [InlineData("emulator:8080", false)]
    [InlineData("emulator", false)]
    [InlineData("emulator.attacker.example:5000", false)]
    [InlineData("me@emulator:5000", false)]
    [InlineData("10.0.0.1:5000", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void a_name_means_the_emulator_if_it_is_its_own_or_allowed(string? header, bool means) =>
        Assert.Equal(means, Names("emulator", "mapped:8080").Mean(Own, header));

    [Fact]
    public void localhost_means_no_address_that_others_reach() =>
        Assert.False(HostNames.OwnOnly.Mean(new Uri("http://192.0.2.1:5000/"), "localhost:5000"));

    [Fact]
    public void an_address_is_given_by_the_first_allowed_name_where_it_stands_for_all()
    {
        Assert.Equal("emulator", Names("emulator", "other").For(IPAddress.Any));
        Assert.Equal("emulator", Names("emulator:8080").For(IPAddress.IPv6Any));
        Assert.Equal("127.0.0.1", Names("emulator").For(IPAddress.Loopback));
        Assert.NotEqual("0.0.0.0", Names().For(IPAddress.Any));
    }

    [Theory]
    [InlineData("http://emulator")]
    [InlineData("emulator/path")]
    [InlineData("emulator?x")]
    [InlineData("me@emulator")]
    [InlineData("emulator:port")]
    [InlineData("two names")]
    [InlineData("")]
    [InlineData("*")]
    public async Task what_is_no_name_is_refused(string name)
    {
        var exception = await Assert.ThrowsAsync<EmulatorException>(() => ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { AllowedHosts = [name] }, TestContext.Current.CancellationToken));

        Assert.Contains($"EmulatorOptions.AllowedHosts holds '{name}'", exception.Message, StringComparison.Ordinal);
    }

    private static HostNames Names(params string[] allowed) => HostNames.Of(new EmulatorOptions { AllowedHosts = allowed });
}
