using Keyless.Sources;

namespace Keyless.Tests.Sources;

public sealed class AzureArcChallengeTests
{
    private const string Path = "/var/opt/azcmagent/tokens/9f2d.key";

    [Theory]
    [InlineData($"Basic realm={Path}")]
    [InlineData($"basic REALM={Path}")]
    [InlineData($"Basic   realm={Path}  ")]
    [InlineData($"Basic realm=\"{Path}\"")]
    [InlineData($"Basic realm = {Path}")]
    [InlineData($"Basic realm = \"{Path}\" , charset = \"UTF-8\"")]
    [InlineData($"Basic realm={Path}, charset=\"UTF-8\"")]
    [InlineData($"Basic realm=\"{Path}\", charset=\"UTF-8\"")]
    [InlineData($"Basic charset=\"UTF-8\", realm=\"{Path}\"")]
    [InlineData($"Basic charset=UTF-8,realm={Path}")]
    [InlineData($"Bearer realm=\"elsewhere\", Basic realm={Path}")]
    [InlineData($"Negotiate, Basic realm={Path}")]
    [InlineData($"Negotiate,Basic realm={Path}")]
    [InlineData($"NTLM TlRMTVNTUAAB==, Basic realm={Path}")]
    [InlineData($"Basic realm={Path}, Negotiate")]
    [InlineData($"Basic realm={Path}, Bearer realm=elsewhere")]
    [InlineData($"Digest realm=\"a, Basic realm=/etc/shadow.key\", qop=\"auth\", Basic realm={Path}")]
    [InlineData($"Digest realm=\"say \\\"Basic realm=/etc/shadow.key\\\"\", Basic realm={Path}")]
    [InlineData($", ,Basic realm={Path}")]
    public void The_path_is_found_among_whatever_else_there_is(string challenge) =>
        Assert.Equal(Path, AzureArcChallenge.KeyFilePath([challenge]));

    [Theory]
    [InlineData("/a=b/c==.key")]
    [InlineData("/with blank/a.key")]
    [InlineData(@"C:\ProgramData\AzureConnectedMachineAgent\Tokens\9f2d.key")]
    [InlineData("relative.key")]
    [InlineData("/a/../b.key")]
    public void The_path_is_taken_as_it_is_and_not_judged_here(string path)
    {
        Assert.Equal(path, AzureArcChallenge.KeyFilePath([$"Basic realm={path}"]));
        Assert.Equal(path, AzureArcChallenge.KeyFilePath([$"Basic realm=\"{path}\""]));
    }

    [Fact]
    public void A_quoted_path_may_hold_commas() =>
        Assert.Equal("/a,b/c.key", AzureArcChallenge.KeyFilePath(["Basic realm=\"/a,b/c.key\""]));

    [Fact]
    public void Of_several_headers_the_one_that_fits_is_taken() =>
        Assert.Equal(Path, AzureArcChallenge.KeyFilePath(["Negotiate", "Bearer realm=\"x\"", $"Basic realm={Path}"]));

    [Fact]
    public void Of_several_challenges_that_fit_the_first_is_taken() =>
        Assert.Equal(Path, AzureArcChallenge.KeyFilePath([$"Basic realm={Path}, Basic realm=/other.key"]));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic realm")]
    [InlineData("Basic realm=")]
    [InlineData("Basic realm=   ")]
    [InlineData("Basic realm=\"\"")]
    [InlineData("Basic realm=\"/never/closed.key")]
    [InlineData("Basic realm=,charset=UTF-8")]
    [InlineData("Basic charset=\"UTF-8\"")]
    [InlineData($"realm={Path}")]
    [InlineData($"Bearer realm={Path}")]
    [InlineData($"Digest realm={Path}")]
    [InlineData($"BasicX realm={Path}")]
    [InlineData($"XBasic realm={Path}")]
    [InlineData($"Basic xrealm={Path}")]
    [InlineData($"Basicrealm={Path}")]
    [InlineData($"Basic:realm={Path}")]
    [InlineData("Digest realm=\"a, Basic realm=/etc/shadow.key\"")]
    [InlineData("Bearer Basic realm=/etc/shadow.key")]
    [InlineData("\"Basic realm=/etc/shadow.key\"")]
    [InlineData("🔑 realm=x")]
    public void Anything_else_is_refused(string challenge)
    {
        var failure = Samples.FailureOf(() => AzureArcChallenge.KeyFilePath([challenge]));

        Assert.Equal((FailureKind.ArcChallengeRefused, "managed_identity_request_failed"), (failure.Kind, failure.ErrorCode));
        Assert.Equal(SourceKind.AzureArc, failure.Source);
        Assert.Contains("Basic realm=<path>", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("shadow", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_challenge_at_all_is_another_message()
    {
        var failure = Samples.FailureOf(() => AzureArcChallenge.KeyFilePath([]));

        Assert.Equal(FailureKind.ArcChallengeRefused, failure.Kind);
        Assert.Contains("no WWW-Authenticate header", failure.Message, StringComparison.Ordinal);
    }

    // The seed makes a failure repeatable.
    [Fact]
    public void Noise_is_read_in_bounded_time_and_never_as_a_crash()
    {
        const string Alphabet = "Basic realm=\"\\,; \t/k.key\0é😀Digest";
        var random = new Random(20261018);
        for (var i = 0; i < 20_000; i++)
        {
            var noise = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            try
            {
                Assert.NotEmpty(AzureArcChallenge.KeyFilePath([noise]));
            }
            catch (ManagedIdentityException e)
            {
                Assert.Equal(FailureKind.ArcChallengeRefused, e.Kind);
            }
        }
    }
}
