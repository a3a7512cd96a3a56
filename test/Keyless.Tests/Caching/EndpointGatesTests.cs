using Keyless.Caching;

namespace Keyless.Tests.Caching;

public sealed class EndpointGatesTests
{
    private const string Endpoint = "http://127.0.0.1:41234/msi/token";

    private readonly EndpointGates _gates = new();

    [Fact]
    public void A_gate_is_open_until_somebody_closes_it() => Assert.Equal(TimeSpan.Zero, _gates.Remaining(Endpoint, Samples.Now));

    [Fact]
    public void A_closed_gate_opens_by_itself()
    {
        _gates.Close(Endpoint, Samples.Now, TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(5), _gates.Remaining(Endpoint, Samples.Now));
        Assert.Equal(TimeSpan.FromTicks(1), _gates.Remaining(Endpoint, Samples.Now.AddSeconds(5).AddTicks(-1)));
        Assert.Equal(TimeSpan.Zero, _gates.Remaining(Endpoint, Samples.Now.AddSeconds(5)));
        Assert.Equal(TimeSpan.Zero, _gates.Remaining(Endpoint, Samples.Now));
    }

    [Fact]
    public void Of_two_closings_the_longer_counts()
    {
        _gates.Close(Endpoint, Samples.Now, TimeSpan.FromSeconds(9));
        _gates.Close(Endpoint, Samples.Now, TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(9), _gates.Remaining(Endpoint, Samples.Now));

        _gates.Close(Endpoint, Samples.Now, TimeSpan.FromSeconds(12));
        Assert.Equal(TimeSpan.FromSeconds(12), _gates.Remaining(Endpoint, Samples.Now));
    }

    [Fact]
    public void Other_endpoints_are_not_concerned()
    {
        _gates.Close(Endpoint, Samples.Now, TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.Zero, _gates.Remaining("http://127.0.0.1:41235/msi/token", Samples.Now));
    }

    [Fact]
    public void A_gate_is_closed_for_five_minutes_at_most()
    {
        _gates.Close(Endpoint, Samples.Now, TimeSpan.FromDays(1));

        Assert.Equal(TimeSpan.FromMinutes(5), _gates.Remaining(Endpoint, Samples.Now));
    }
}
