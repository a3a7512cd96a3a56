namespace Keyless.Tests.Acquisition;

public sealed class OptionsCheckTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static TheoryData<string> WrongOptions() => [.. Wrong.Keys];

    private static readonly Dictionary<string, ManagedIdentityOptions> Wrong = new(StringComparer.Ordinal)
    {
        ["Identity null"] = new() { Identity = null! },
        ["Environment null"] = new() { Environment = null! },
        ["TimeProvider null"] = new() { TimeProvider = null! },
        ["ClientCapabilities null"] = new() { ClientCapabilities = null! },
        ["PlainHttpHosts null"] = new() { PlainHttpHosts = null! },
        ["Timeout zero"] = new() { Timeout = TimeSpan.Zero },
        ["Timeout negative"] = new() { Timeout = -Tick },
        ["Timeout infinite"] = new() { Timeout = Timeout.InfiniteTimeSpan },
        ["Timeout too long"] = new() { Timeout = Hour + Tick },
        ["AttemptTimeout zero"] = new() { AttemptTimeout = TimeSpan.Zero },
        ["AttemptTimeout infinite"] = new() { AttemptTimeout = Timeout.InfiniteTimeSpan },
        ["AttemptTimeout too long"] = new() { AttemptTimeout = TimeSpan.MaxValue },
        ["ExpirySkew negative"] = new() { ExpirySkew = -Tick },
        ["ExpirySkew too long"] = new() { ExpirySkew = Hour + Tick },
        ["FailureMemory negative"] = new() { FailureMemory = -Tick },
        ["FailureMemory too long"] = new() { FailureMemory = Hour + Tick },
        ["Source unknown"] = new() { Source = (SourceKind)99 },
        ["Source negative"] = new() { Source = (SourceKind)(-1) },
        ["ClientCapabilities with a blank"] = new() { ClientCapabilities = ["cp1", " "] },
        ["ClientCapabilities with nothing"] = new() { ClientCapabilities = [null!] },
        ["ClientCapabilities with a comma"] = new() { ClientCapabilities = ["cp1,cp2"] },
        ["PlainHttpHosts with a scheme"] = new() { PlainHttpHosts = ["http://identity.internal"] },
        ["PlainHttpHosts with a port"] = new() { PlainHttpHosts = ["identity.internal:8080"] },
        ["PlainHttpHosts with a path"] = new() { PlainHttpHosts = ["identity.internal/token"] },
        ["PlainHttpHosts with a wildcard"] = new() { PlainHttpHosts = ["*"] },
        ["PlainHttpHosts with a blank"] = new() { PlainHttpHosts = [""] },
        ["PlainHttpHosts with nothing"] = new() { PlainHttpHosts = [null!] },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void A_value_that_makes_no_sense_is_refused_by_name(string which)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => new ManagedIdentityClient(Wrong[which]));

        Assert.Equal("options", error.ParamName);
        Assert.Contains($"ManagedIdentityOptions.{which.Split(' ')[0]} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ends_of_the_ranges_are_accepted()
    {
        Assert.NotNull(new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Timeout = Hour,
            AttemptTimeout = Tick,
            ExpirySkew = Hour,
            FailureMemory = TimeSpan.Zero,
            Source = SourceKind.AzureArc,
            ClientCapabilities = ["cp1"],
            PlainHttpHosts = ["identity.internal", "10.0.0.4", "fd00::1", "[fd00::1]", "bücher.example"],
        }));
        Assert.NotNull(new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Timeout = Tick,
            AttemptTimeout = Hour,
            ExpirySkew = TimeSpan.Zero,
            FailureMemory = Hour,
        }));
    }

    [Fact]
    public void Nothing_is_no_options_and_no_identity()
    {
        Assert.Equal(
            "options",
            Assert.Throws<ArgumentNullException>(() => new ManagedIdentityClient((ManagedIdentityOptions)null!)).ParamName);
        Assert.Equal("identity", Assert.Throws<ArgumentNullException>(() => new ManagedIdentityClient((ManagedIdentity)null!)).ParamName);
    }

    [Fact]
    public void The_defaults_are_those_that_are_documented()
    {
        var options = new ManagedIdentityOptions();

        Assert.Equal(ManagedIdentity.SystemAssigned, options.Identity);
        Assert.Null(options.Source);
        Assert.Null(options.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.AttemptTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), options.ExpirySkew);
        Assert.Equal(TimeSpan.FromSeconds(10), options.FailureMemory);
        Assert.True(options.VerifyIdentity);
        Assert.Empty(options.ClientCapabilities);
        Assert.Empty(options.PlainHttpHosts);
        Assert.Null(options.Cache);
        Assert.Same(MachineEnvironment.Process, options.Environment);
        Assert.Null(options.Handler);
        Assert.Null(options.PinnedHandlerFactory);
        Assert.Same(TimeProvider.System, options.TimeProvider);
        Assert.Null(options.Random);
        Assert.Null(options.LoggerFactory);
    }
}
