namespace Keyless.Cli.Tests;

public sealed class ExitCodesTests
{
    [Theory]
    [InlineData(FailureKind.NoManagedIdentity, 3)]
    [InlineData(FailureKind.NotAnEndpoint, 3)]
    [InlineData(FailureKind.EndpointUnreachable, 4)]
    [InlineData(FailureKind.ConnectionLost, 4)]
    [InlineData(FailureKind.CertificateRefused, 4)]
    [InlineData(FailureKind.TimedOut, 6)]
    [InlineData(FailureKind.InvalidEndpoint, 5)]
    [InlineData(FailureKind.InsecureEndpoint, 5)]
    [InlineData(FailureKind.IdentityNotFound, 5)]
    [InlineData(FailureKind.Throttled, 5)]
    [InlineData(FailureKind.InvalidResponse, 5)]
    [InlineData(FailureKind.ArcKeyUnreadable, 5)]
    public void a_failure_ends_the_process_with_the_code_of_its_kind(FailureKind kind, int code) => Assert.Equal(code, ExitCodes.For(kind));

    [Fact]
    public void every_kind_of_failure_has_a_code()
    {
        var codes = Enum.GetValues<FailureKind>().Select(ExitCodes.For).Distinct().Order();

        Assert.Equal([3, 4, 5, 6], codes);
    }

    [Fact]
    public void a_kind_that_does_not_exist_has_none() => Assert.Throws<ArgumentOutOfRangeException>(() => ExitCodes.For((FailureKind)999));
}
