using System.Text;
using Keyless.Pipeline;
using Keyless.Sources;
using Keyless.Testing;

namespace Keyless.Tests.Pipeline;

/// <summary>Thousands of mutilated answers: nothing but tokens and documented failures comes out. Seeded.</summary>
public sealed class AnswerFuzzTests
{
    private const int Seed = 20261018;
    private const int Rounds = 6_000;

    private static readonly int[] Statuses = [200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 408, 410, 429, 500, 503, 511, 599];

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", "\\", "\\ud800", "\\u0000", ",", ":", "null", "1e999", "-1", "/*", "*/", "//", "\r\n", "\uFEFF", "🔑",
            "\"access_token\":", "\"error\":", "\"message\":", "\"code\":", "\"expires_on\":\"1792353097\"",
            "<html>", "retry after 5", "access_token=", "eyJ",
        }.Select(Encoding.UTF8.GetBytes),
        [0x00], [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80],
    ];

    private readonly Random _random = new(Seed);

    [Fact]
    public void Nothing_but_tokens_and_documented_failures_comes_out()
    {
        var canary = new Canary("identity header", "zz-identity-header-zz");
        var secret = new Secret(canary.Value);
        byte[][] seeds =
        [
            .. GoldenAnswers.All.Select(golden => Encoding.UTF8.GetBytes(golden.Body)),
            Encoding.UTF8.GetBytes("""{"access_token":"aaa","expires_in":"86399","expires_on":"1792353097","token_type":"Bearer"}"""),
        ];
        var connections = Enum.GetValues<SourceKind>().Select(Samples.Connect).ToArray();

        for (var round = 0; round < Rounds; round++)
        {
            // Whole: half a secret is none that could be recognised.
            var body = Mutate(Pick(seeds));
            body.InsertRange(_random.Next(body.Count + 1), Encoding.UTF8.GetBytes(canary.Value));
            using var answer = Answers.Of(Pick(Statuses), body.ToArray(), truncated: _random.Next(50) == 0);

            var response = AnswerReader.Read(answer, Pick(connections), out var failure, secret, null);

            Assert.True(response is null != failure is null, $"round {round}");
            if (response is { } success)
                Assert.True(answer.Status == 200 && success.AccessToken!.All(c => c is > ' ' and <= '~'), $"round {round}");
            else
                AssertDocumented(failure!, round, canary);
        }
    }

    [Fact]
    public void Whatever_an_answer_says_an_entry_or_a_documented_failure_is_made_of_it()
    {
        string?[] values =
        [
            null, "", " ", "x", "0", "-1", "1", "3600", "1792353097", "1e300", "NaN", "\0", "2026-10-18T19:51:37Z", Samples.ClientId,
            new string('9', 5000),
        ];
        var builder = new EntryBuilder(new PipelineSettings
        {
            Time = new FakeClock(Samples.Now),
            Random = _random.NextDouble,
            Logger = new LogRecorder().CreateLogger("test"),
            Transport = new EndpointTransport(handler: null, pinnedHandlerFactory: null),
            Gates = new Keyless.Caching.EndpointGates(),
            Limits = new TimeLimits(chosen: null, TimeSpan.FromSeconds(10)),
            ExpirySkew = TimeSpan.FromSeconds(30),
            VerifyIdentity = true,
        });

        for (var round = 0; round < Rounds; round++)
        {
            var response = new TokenResponse
            {
                AccessToken = Pick(values) is { } token && token.Length > 0 && token.All(c => c is > ' ' and <= '~') ? token : "a.b.c",
                TokenType = Pick(values),
                ExpiresOn = Pick(values),
                ExpiresIn = Pick(values),
                RefreshIn = Pick(values),
                ClientId = Pick(values),
                ObjectId = Pick(values),
                ResourceId = Pick(values),
            };
            var connection = Samples.Connect(Pick(Enum.GetValues<SourceKind>()));
            var query = new TokenQuery(Samples.Identity(Pick(Enum.GetValues<ManagedIdentityKind>())), Samples.Resource);

            var entry = builder.Build(response, connection, query, TimeSpan.Zero, key: null, out var failure);

            Assert.True(entry is null != failure is null, $"round {round}");
            if (entry is not null)
                Assert.True(
                    Samples.Now < entry.RefreshOn && entry.RefreshOn <= entry.ServedUntil && entry.ServedUntil <= entry.ExpiresOn,
                    $"round {round}");
            else
                AssertDocumented(failure!, round, canary: null);
        }
    }

    private static void AssertDocumented(TokenFailure failure, int round, Canary? canary)
    {
        var text = failure.ToString();

        Assert.True(Enum.IsDefined(failure.Kind), $"round {round}");
        Assert.True(
            failure.ErrorCode.Length > 0 && failure.NextStep.Length > 0 && failure.Message.Length is > 0 and < 2_500,
            $"round {round}");
        Assert.True(failure.HostMessage is null or { Length: > 0 and <= 1024 }, $"round {round}");
        Assert.False(text.Any(char.IsControl), $"round {round}: {text}");
        canary?.AssertAbsentFrom(text, failure.HostMessage, failure.HostErrorCode, failure.HostCorrelationId);
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    private List<byte> Mutate(byte[] seed)
    {
        var body = seed.ToList();
        for (var i = _random.Next(5); i >= 0; i--)
        {
            var at = _random.Next(body.Count + 1);
            switch (_random.Next(5))
            {
                case 0 when at < body.Count:
                    body[at] = (byte)_random.Next(256);
                    break;
                case 1 when at < body.Count:
                    body.RemoveRange(at, _random.Next(body.Count - at));
                    break;
                case 2:
                    body.InsertRange(at, Pick(Pieces));
                    break;
                case 3 when at < body.Count:
                    body.InsertRange(at, body.GetRange(at, _random.Next(body.Count - at)));
                    break;
                default:
                    body.RemoveRange(at, body.Count - at);
                    break;
            }
        }

        return body;
    }
}
