using System.Text;
using Keyless.Pipeline;
using Keyless.Sources;

namespace Keyless.Tests.Pipeline;

public sealed class AnswerReaderTests
{
    public static TheoryData<int, SourceKind, int, FailureKind> Golden()
    {
        var data = new TheoryData<int, SourceKind, int, FailureKind>();
        for (var i = 0; i < GoldenAnswers.All.Count; i++)
            data.Add(i, GoldenAnswers.All[i].Source, GoldenAnswers.All[i].Status, GoldenAnswers.All[i].Kind);
        return data;
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void An_answer_is_what_the_table_says(int row, SourceKind source, int status, FailureKind kind)
    {
        var golden = GoldenAnswers.All[row];

        var failure = Answers.FailureOf(source, status, golden.Body);

        Assert.Equal((kind, golden.ErrorCode), (failure.Kind, failure.ErrorCode));
        Assert.Equal((golden.Code, golden.Says, golden.Id), (failure.HostErrorCode, failure.HostMessage, failure.HostCorrelationId));
        Assert.Equal(FailureGuide.For(kind).IsTransient, failure.IsTransient);
        Assert.True(AnswerReader.ProvesPresence(failure));
    }

    [Fact]
    public void A_token_is_a_token_on_every_source()
    {
        foreach (var source in Enum.GetValues<SourceKind>())
        {
            using var answer = Answers.Of(200, """{"access_token":"aaa","expires_on":"1792353097"}""");

            var response = AnswerReader.Read(answer, Samples.Connect(source), out var failure);

            Assert.Null(failure);
            Assert.Equal("aaa", response?.AccessToken);
        }
    }

    [Fact]
    public void The_id_in_the_header_stands_in_for_one_in_the_body()
    {
        Assert.Equal("header-id", Id(500, ""));
        Assert.Equal("header-id", Id(200, "{]"));
        Assert.Equal("header-id", Id(200, """{"token_type":"Bearer"}"""));
        Assert.Equal("i", Id(500, """{"error":"x","correlation_id":"i"}"""));

        static string? Id(int status, string body) =>
            Answers.FailureOf(SourceKind.Imds, Answers.Of(status, Encoding.UTF8.GetBytes(body), requestId: "header-id")).HostCorrelationId;
    }

    [Theory]
    [InlineData("IMDS/150.870.65.1854", FailureKind.EndpointUnavailable)]
    [InlineData("Microsoft-IIS/10.0 imds", FailureKind.EndpointUnavailable)]
    [InlineData("nginx", FailureKind.NotAnEndpoint)]
    [InlineData(null, FailureKind.NotAnEndpoint)]
    public void A_page_for_404_is_the_metadata_services_own_if_it_signs_it(string? server, FailureKind kind) =>
        Assert.Equal(kind, Answers.FailureOf(SourceKind.Imds, Answers.Of(404, "<html>Not Found</html>"u8, server)).Kind);

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(200)]
    [InlineData(302)]
    public void Nothing_that_was_sent_comes_back_in_a_failure(int status)
    {
        string[] bodies =
        [
            $$"""{"error":"{{Samples.Secret}}","error_description":"not {{Samples.Secret}}","correlation_id":"{{Samples.Secret}}"}""",
            $$"""{"message":"{{Samples.Secret}}","correlationId":"{{Samples.Secret}}"}""",
            $"<html>{Samples.Secret}</html>",
            $"{Samples.Secret}",
            $$"""{"token_type":"{{Samples.Secret}}","message":"{{Samples.Secret}}"}""",
        ];
        foreach (var body in bodies)
        {
            var failure = Answers.FailureOf(
                SourceKind.AppService,
                Answers.Of(status, body),
                new Secret("other"),
                null,
                new Secret(Samples.Secret));

            Assert.DoesNotContain(Samples.Secret, failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(
                Samples.Secret,
                $"{failure.HostErrorCode}{failure.HostMessage}{failure.HostCorrelationId}",
                StringComparison.Ordinal);
        }
    }

    // Some clients take a token whatever the status; a host that relies on it must not find its token in a log of ours.
    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(400)]
    [InlineData(500)]
    public void A_token_in_an_answer_that_is_none_is_not_shown(int status)
    {
        var failure = Answers.FailureOf(SourceKind.AppService, status, """{"access_token":"opaque-canary","expires_on":"1792353097"}""");

        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_no_header_can_carry_is_not_shown()
    {
        var failure = Answers.FailureOf(SourceKind.AppService, 200, """{"access_token":"opaque canary","message":"x"}""");

        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_of_a_host_is_cut()
    {
        Assert.Equal(1024, Answers.FailureOf(SourceKind.Imds, 500, new string('x', 60_000)).HostMessage!.Length);
        Assert.Equal(1024, Answers.FailureOf(SourceKind.Imds, 400, $$"""{"error":"{{new string('x', 60_000)}}"}""").HostErrorCode!.Length);
        Assert.Equal(120, Answers.FailureOf(SourceKind.Imds, 302, new string('x', 60_000)).HostMessage!.Length);
    }

    [Fact]
    public void An_answer_gives_its_buffer_back_cleared()
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(16);
        "token"u8.CopyTo(buffer);
        var answer = new Answer(200, buffer, 5);
        Assert.Equal("token"u8, answer.Body);

        answer.Dispose();
        answer.Dispose();

        Assert.All(buffer, b => Assert.Equal(0, b));
    }
}
