using Keyless.Sources;

namespace Keyless.Tests.Sources;

public sealed class ThumbprintTests
{
    private const string Sha256 = "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF";

    [Theory]
    [InlineData(Samples.Thumbprint, Samples.Thumbprint)]
    [InlineData("0123456789abcdef0123456789abcdef01234567", Samples.Thumbprint)]
    [InlineData("01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67", Samples.Thumbprint)]
    [InlineData("01 23 45 67 89 ab cd ef 01 23 45 67 89 ab cd ef 01 23 45 67", Samples.Thumbprint)]
    [InlineData(Sha256, Sha256)]
    public void A_thumbprint_is_read_in_every_way_of_writing_it(string value, string expected) =>
        Assert.Equal(expected, Connect(value).Thumbprint);

    [Theory]
    [InlineData(" ")]
    [InlineData("::::")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF012345678")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456G")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("\u200E0123456789ABCDEF0123456789ABCDEF01234567")]
    [InlineData("٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩")]
    [InlineData("0x23456789ABCDEF0123456789ABCDEF01234567")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDE")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0")]
    [InlineData("LocalMachine/My/localhost")]
    public void Anything_else_is_refused_by_name(string value)
    {
        var failure = Samples.FailureOf(() => Connect(value));

        Assert.Equal((FailureKind.InvalidConfiguration, "managed_identity_request_failed"), (failure.Kind, failure.ErrorCode));
        Assert.Equal(SourceKind.ServiceFabric, failure.Source);
        Assert.StartsWith("IDENTITY_SERVER_THUMBPRINT ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("40 or 64 hexadecimal digits", failure.Message, StringComparison.Ordinal);
        Assert.Contains("IDENTITY_SERVER_THUMBPRINT", failure.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pinned_Service_Fabric_without_a_thumbprint_is_not_connected_to()
    {
        var machine = Samples.Machine(SourceKind.ServiceFabric);
        machine["IDENTITY_SERVER_THUMBPRINT"] = "";

        var failure = Samples.FailureOf(() => new ServiceFabricSource().Connect(machine, []));

        Assert.Equal(FailureKind.InvalidConfiguration, failure.Kind);
        Assert.Contains("IDENTITY_SERVER_THUMBPRINT", failure.Message, StringComparison.Ordinal);
    }

    private static SourceConnection Connect(string thumbprint)
    {
        var machine = Samples.Machine(SourceKind.ServiceFabric);
        machine["IDENTITY_SERVER_THUMBPRINT"] = thumbprint;
        return Samples.Connect(machine);
    }
}
