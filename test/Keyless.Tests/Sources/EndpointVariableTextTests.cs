namespace Keyless.Tests.Sources;

/// <summary>The value in an error is the one that was found, less what may be a secret in the wrong place.</summary>
public sealed class EndpointVariableTextTests
{
    private const string Canary = "canary-5d2e";

    [Theory]
    [InlineData($"http://user:{Canary}@127.0.0.1/", "'http://***@127.0.0.1/'")]
    [InlineData($"http://{Canary}@127.0.0.1/", "'http://***@127.0.0.1/'")]
    [InlineData($"http://user:p@{Canary}@127.0.0.1/", "'http://***@127.0.0.1/'")]
    [InlineData($"http://user:pa/ss?{Canary}@127.0.0.1/", "'http://***@127.0.0.1/'")]
    [InlineData($"ftp://127.0.0.1/?code={Canary}", "'ftp://127.0.0.1/?…'")]
    [InlineData($"ftp://127.0.0.1/#{Canary}", "'ftp://127.0.0.1/#…'")]
    [InlineData($"http://example.com/token?code={Canary}", "'http://example.com/token?…'")]
    [InlineData($"http://example.com/token#{Canary}", "'http://example.com/token#…'")]
    [InlineData($"user:{Canary}@127.0.0.1/msi", "'***@127.0.0.1/msi'")]
    [InlineData($"http://user:{Canary}@", "'http://***@'")]
    public void Names_of_users_queries_and_fragments_are_struck_out(string value, string shown)
    {
        var failure = Failure(value);

        Assert.Contains(shown, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_name_is_what_is_wrong()
    {
        var failure = Failure("http://user:password@127.0.0.1:41234/msi/token");

        Assert.Equal((FailureKind.InvalidEndpoint, "invalid_managed_identity_endpoint"), (failure.Kind, failure.ErrorCode));
        Assert.Contains("user name", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/people/and/places")]
    [InlineData("msi token")]
    public void Nothing_else_is_taken_away(string value) =>
        Assert.Contains($"'{value}'", Failure(value).Message, StringComparison.Ordinal);

    [Fact]
    public void Control_characters_can_not_forge_a_line()
    {
        var failure = Failure("nonsense\r\nINFO all is well\u001b[2J");

        Assert.DoesNotContain(failure.ToString(), char.IsControl);
        Assert.Contains("INFO all is well", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_without_end_is_cut()
    {
        var failure = Failure(new string('x', 100_000));

        Assert.Contains(new string('x', 200) + "…", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.ToString().Length < 1000);
    }

    // The classic slip: the secret pasted into the variable of the address.
    [Fact]
    public void The_secret_of_the_same_platform_is_not_shown_even_in_the_wrong_variable()
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_ENDPOINT"] = Samples.Secret;

        var failure = Samples.FailureOf(() => Samples.Connect(machine));

        Assert.Contains("IDENTITY_ENDPOINT", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Secret, failure.ToString(), StringComparison.Ordinal);
    }

    private static TokenFailure Failure(string value)
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_ENDPOINT"] = value;
        return Samples.FailureOf(() => Samples.Connect(machine));
    }
}
