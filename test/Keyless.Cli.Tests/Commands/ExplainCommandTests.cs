using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Keyless.Cli.Explaining;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Commands;

public sealed class ExplainCommandTests
{
    private const string RequestFailed = "managed_identity_request_failed";

    public static TheoryData<FailureKind> Kinds => [.. Enum.GetValues<FailureKind>()];

    public static TheoryData<string> ErrorCodes => [.. FailureGuide.All.Select(guide => guide.ErrorCode).Distinct(StringComparer.Ordinal)];

    public static TheoryData<int> ToolCodes =>
        [.. typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (int)code.GetRawConstantValue()!)];

    [Fact]
    public async Task a_kind_is_explained_with_its_facts_and_its_cure()
    {
        var run = await new Tool().RunAsync("explain", "EndpointUnreachable");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            EndpointUnreachable: a kind of failure

              error code  managed_identity_unreachable_network
              exit code   4
              try again   may help

            A variable announces an endpoint, but nothing accepts connections there.
            What to do: Check that the endpoint is running and that the variable names its address; right after start-up, wait for it.

            """,
            run.Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task every_kind_is_explained_as_the_guide_has_it(FailureKind kind)
    {
        var guide = FailureGuide.For(kind);

        var run = await new Tool().RunAsync("explain", kind.ToString());

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"{kind}: a kind of failure\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"  {guide.ErrorCode}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"  {ExitCodes.For(kind)}\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"\n\n{guide.Meaning}\nWhat to do: {guide.Cure}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpointunreachable", "EndpointUnreachable")]
    [InlineData("endpoint-unreachable", "EndpointUnreachable")]
    [InlineData("Arc-Key-Unreadable", "ArcKeyUnreadable")]
    [InlineData("MANAGED_IDENTITY_REQUEST_FAILED", RequestFailed)]
    [InlineData("managed-identity-request-failed", RequestFailed)]
    [InlineData(" EndpointUnreachable. ", "EndpointUnreachable")]
    [InlineData("aadsts700016", "AADSTS700016")]
    [InlineData("700016", "AADSTS700016")]
    [InlineData("AADSTS700016:", "AADSTS700016")]
    public async Task the_spelling_may_differ(string typed, string meant)
    {
        var run = await new Tool().RunAsync("explain", typed);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"{meant}: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ErrorCodes))]
    public async Task every_error_code_lists_the_kinds_that_it_stands_for(string code)
    {
        var run = await new Tool().RunAsync("explain", code);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"{code}: an error code of MSAL.NET\n", run.Output, StringComparison.Ordinal);
        foreach (var guide in FailureGuide.All.Where(guide => guide.ErrorCode == code))
        {
            var passes = guide.IsTransient ? "transient: may pass by itself" : "permanent: somebody must change something";
            Assert.Contains(
                $"\n\n  {guide.Kind}, {passes}\n  {guide.Meaning}\n  What to do: {guide.Cure}\n", run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("managed_identity_unreachable_network", "NoManagedIdentity EndpointUnreachable ConnectionLost CertificateRefused")]
    [InlineData("user_assigned_managed_identity_not_supported", "IdentityNotSupported")]
    [InlineData(
        RequestFailed,
        "InvalidConfiguration Throttled EndpointUnavailable IdentityNotFound IdentityAmbiguous ResourceNotFound AccessDenied "
        + "RequestRefused NotAnEndpoint InvalidResponse InvalidExpiry RejectedTokenReturned ArcChallengeRefused ArcKeyUnreadable")]
    public async Task an_error_code_stands_for_these_kinds_and_no_others(string code, string kinds)
    {
        var run = await new Tool().RunAsync("explain", code, "--json");

        Assert.Equal(kinds, KindsOf(run.Json));
    }

    [Fact]
    public async Task the_code_of_the_troubleshooting_pages_is_the_one_that_is_thrown()
    {
        var published = await new Tool().RunAsync("explain", "managed_identity_failed_response");
        var json = (await new Tool().RunAsync("explain", "managed_identity_failed_response", "--json")).Json;
        var thrown = (await new Tool().RunAsync("explain", RequestFailed, "--json")).Json;

        Assert.StartsWith(
            $"managed_identity_failed_response: the same as {RequestFailed}, an error code of MSAL.NET\n",
            published.Output,
            StringComparison.Ordinal);
        Assert.Equal(RequestFailed, json.GetProperty("sameAs").GetString());
        Assert.Equal(KindsOf(thrown), KindsOf(json));
        Assert.Equal(JsonValueKind.Null, thrown.GetProperty("sameAs").ValueKind);
    }

    [Theory]
    [MemberData(nameof(ToolCodes))]
    public async Task every_exit_code_is_explained_with_the_kinds_that_end_so(int code)
    {
        var term = code.ToString(CultureInfo.InvariantCulture);

        var run = await new Tool().RunAsync("explain", term);
        var json = (await new Tool().RunAsync("explain", term, "--json")).Json;

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{code}: an exit code of this tool\n\n", run.Output, StringComparison.Ordinal);
        Assert.NotEqual("", json.GetProperty("meaning").GetString());
        Assert.Equal(string.Join(' ', Enum.GetValues<FailureKind>().Where(kind => ExitCodes.For(kind) == code)), KindsOf(json));
    }

    [Theory]
    [InlineData(50001, "ResourceNotFound")]
    [InlineData(500011, "ResourceNotFound")]
    [InlineData(501051, "")]
    [InlineData(70021, "")]
    [InlineData(700016, "")]
    [InlineData(700024, "")]
    [InlineData(700211, "")]
    [InlineData(700212, "")]
    [InlineData(700213, "")]
    [InlineData(7000112, "")]
    [InlineData(7000215, "")]
    public async Task errors_of_entra_are_explained_by_their_number(int number, string kinds)
    {
        var term = $"AADSTS{number}";

        var run = await new Tool().RunAsync("explain", term);
        var json = (await new Tool().RunAsync("explain", term, "--json")).Json;

        Assert.Equal(0, run.ExitCode);
        var meaning = json.GetProperty("meaning").GetString();
        Assert.StartsWith($"{term}: an error of Entra ID\n\n{meaning}\nWhat to do: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(kinds, KindsOf(json));
    }

    [Fact]
    public void no_two_terms_are_taken_for_each_other() => Assert.All(Glossary.All, known =>
    {
        var found = Glossary.Find(known.Term);

        Assert.NotNull(found);
        Assert.Equal((known.Type, known.Term), (found.Type, found.Term));
    });

    [Fact]
    public async Task without_a_term_every_kind_has_one_line()
    {
        var run = await new Tool().RunAsync("explain");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n');
        Assert.Equal("Kind                      Exit  Passes  Meaning", lines[0]);
        Assert.Equal(
            "Throttled                    5  maybe   The endpoint answers 429: it is asked more often than it allows.",
            lines[1 + (int)FailureKind.Throttled]);
        Assert.Equal("", lines[1 + FailureGuide.All.Count]);
        Assert.All(FailureGuide.All, guide =>
        {
            Assert.StartsWith($"{guide.Kind} ", lines[1 + (int)guide.Kind], StringComparison.Ordinal);
            Assert.Equal(guide.Meaning, lines[1 + (int)guide.Kind][40..]);
        });
    }

    [Fact]
    public async Task the_help_does_not_list_every_term()
    {
        var run = await new Tool().RunAsync("explain", "--help");

        Assert.Contains("\n  <TERM>  A kind of failure", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ArcKeyUnreadable", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task on_a_terminal_the_meanings_stay_in_their_column()
    {
        var run = await new Tool { OutputWidth = 80 }.RunAsync("explain", "--no-color");
        var margin = new string(' ', 40);

        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(
            $"\nThrottled                    5  maybe   The endpoint answers 429: it is asked\n{margin}more often than it allows.\n",
            run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_json_of_a_term_has_every_fact()
    {
        var run = await new Tool().RunAsync("explain", "timed-out", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("term type sameAs meaning cure kinds", NamesOf(run.Json));
        Assert.Equal("TimedOut", run.Json.GetProperty("term").GetString());
        Assert.Equal("failureKind", run.Json.GetProperty("type").GetString());
        var kind = Assert.Single(run.Json.GetProperty("kinds").EnumerateArray());
        Assert.Equal("kind errorCode isTransient exitCode meaning cure", NamesOf(kind));
        Assert.Equal("request_timeout", kind.GetProperty("errorCode").GetString());
        Assert.True(kind.GetProperty("isTransient").GetBoolean());
        Assert.Equal(6, kind.GetProperty("exitCode").GetInt32());
        Assert.Equal(FailureGuide.For(FailureKind.TimedOut).Cure, run.Json.GetProperty("cure").GetString());
    }

    [Theory]
    [InlineData("request_timeout", "errorCode")]
    [InlineData("3", "exitCode")]
    [InlineData("700016", "entraError")]
    public async Task the_json_says_what_the_term_is(string term, string type)
    {
        var run = await new Tool().RunAsync("explain", term, "--json");

        Assert.Equal(type, run.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task the_json_without_a_term_has_all_kinds()
    {
        var run = await new Tool().RunAsync("explain", "--json");

        Assert.Equal(string.Join(' ', Enum.GetValues<FailureKind>()), KindsOf(run.Json));
    }

    [Theory]
    [InlineData("EndpointUnreachabel", "EndpointUnreachable")]
    [InlineData("identity-notfund", "IdentityNotFound")]
    [InlineData("managed_identity_request_fail", RequestFailed)]
    public async Task an_unknown_term_is_answered_with_the_nearest(string typed, string nearest)
    {
        var run = await new Tool().RunAsync("explain", typed);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        var message = $"Error: '{typed}' can't be explained: it is not known here. Did you mean {nearest}";
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.EndsWith("?\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_part_of_a_term_leads_to_those_that_have_it()
    {
        var run = await new Tool().RunAsync("explain", "unreachable");

        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith("Did you mean EndpointUnreachable or managed_identity_unreachable_network?\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("the-weather")]
    [InlineData("AADSTS")]
    public async Task what_is_like_no_term_is_answered_with_what_there_is(string typed)
    {
        var run = await new Tool().RunAsync("explain", typed, "--json");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("'keyless explain' lists the kinds.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9", "The exit codes of this tool are 0, 1, 2, 3, 4, 5, 6, 7, 8, 126, 127, 130;")]
    [InlineData("65001", "those that managed identities meet: AADSTS50001, ")]
    [InlineData("AADSTS700017", "those that managed identities meet: AADSTS50001, ")]
    [InlineData("AADSTS4", "those that managed identities meet: AADSTS50001, ")]
    [InlineData("9999999999999999999999", "those that managed identities meet: AADSTS50001, ")]
    public async Task an_unknown_number_is_answered_with_the_known_ones_and_not_taken_for_one(string typed, string expected)
    {
        var run = await new Tool().RunAsync("explain", typed);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_token_or_a_control_character_is_not_repeated_and_a_long_term_is_cut()
    {
        var token = await new Tool().RunAsync("explain", Jwt.Of("""{"alg":"RS256"}""", """{"aud":"x"}"""));
        var control = await new Tool().RunAsync("explain", "a\e[2Jb");
        var endless = await new Tool().RunAsync("explain", new string('x', 5_000));

        Assert.Equal((2, 2, 2), (token.ExitCode, control.ExitCode, endless.ExitCode));
        Assert.DoesNotContain("eyJ", token.Output + token.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', control.Error);
        Assert.InRange(endless.Error.Length, 1, 400);
    }

    private static string KindsOf(JsonElement json) =>
        string.Join(' ', json.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetProperty("kind").GetString()));

    private static string NamesOf(JsonElement json) => string.Join(' ', json.EnumerateObject().Select(member => member.Name));
}
