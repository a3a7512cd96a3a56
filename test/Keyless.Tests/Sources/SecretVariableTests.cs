namespace Keyless.Tests.Sources;

public sealed class SecretVariableTests
{
    public static TheoryData<SourceKind, string> SecretVariables() => new()
    {
        { SourceKind.AppService, "IDENTITY_HEADER" },
        { SourceKind.ServiceFabric, "IDENTITY_HEADER" },
        { SourceKind.MachineLearning, "MSI_SECRET" },
    };

    [Theory]
    [MemberData(nameof(SecretVariables))]
    public void A_secret_that_no_header_can_carry_is_reported_without_its_value(SourceKind source, string variable)
    {
        string[] wrong =
        [
            " ", "\t ", "canary\n", "\ncanary", "can\r\nary", "canary\0", "canary\u007f", "cänary", "canary\u00a0", "canary\u200b", "canary😀",
            "canary\ud800",
        ];
        foreach (var value in wrong)
        {
            var machine = Samples.Machine(source);
            machine[variable] = value;

            var failure = Samples.FailureOf(() => Samples.Connect(machine));

            Assert.Equal((FailureKind.InvalidConfiguration, "managed_identity_request_failed"), (failure.Kind, failure.ErrorCode));
            Assert.Equal(source, failure.Source);
            Assert.StartsWith(variable + " ", failure.Message, StringComparison.Ordinal);
            Assert.Contains(variable, failure.NextStep, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", failure.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(failure.ToString(), char.IsControl);
        }
    }

    [Theory]
    [InlineData("A_39")]
    [InlineData("with blank")]
    [InlineData("~!@#$%^&*()_+-=[]{}|;':\",./<>?`\\")]
    public void Any_printable_text_is_a_secret(string value)
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_HEADER"] = value;

        Assert.Equal(value, Samples.Connect(machine).Secret!.Reveal());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_pinned_source_without_its_secret_says_which_variable_is_missing(string value)
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_HEADER"] = value;

        var failure = Samples.FailureOf(() => Keyless.Sources.SourceDetector.Find(machine, SourceKind.AppService).Connect(machine, []));

        Assert.Equal(FailureKind.InvalidConfiguration, failure.Kind);
        Assert.Contains("IDENTITY_HEADER is blank", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    public void A_blank_default_identity_is_reported_and_not_sent(string value)
    {
        var machine = Samples.Machine(SourceKind.MachineLearning);
        machine["DEFAULT_IDENTITY_CLIENT_ID"] = value;

        var failure = Samples.FailureOf(() => Samples.Connect(machine));

        Assert.Equal(FailureKind.InvalidConfiguration, failure.Kind);
        Assert.StartsWith("DEFAULT_IDENTITY_CLIENT_ID is blank", failure.Message, StringComparison.Ordinal);
    }
}
