using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using Keyless.Pipeline;

namespace Keyless.Benchmarks;

/// <summary>From the bytes of an answer to its token, the client's reader beside the serializer's ways.</summary>
public partial class Parse
{
    private readonly byte[] _body = Answers.Body(1);

    [Benchmark(Baseline = true)]
    public string? Reader() => TokenResponseReader.Read(_body).AccessToken;

    [Benchmark]
    public string? SourceGenerated() => JsonSerializer.Deserialize(_body, AnswerContext.Default.Answer)!.AccessToken;

    [Benchmark]
    public string? Document()
    {
        using var document = JsonDocument.Parse(_body);
        return document.RootElement.GetProperty("access_token").GetString();
    }

    /// <summary>The least: the one member and nothing else.</summary>
    [Benchmark]
    public string TokenAlone() => BareFetch.Parse(_body);

    /// <summary>The claims that are compared with the identity asked for.</summary>
    [Benchmark]
    public string? Claims() => new TokenClaims(Token).ClientId;

    private static readonly string Token = Answers.Token(1);

    internal sealed record Answer(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("token_type")] string? TokenType,
        [property: JsonPropertyName("expires_on")] string? ExpiresOn,
        [property: JsonPropertyName("expires_in")] string? ExpiresIn,
        [property: JsonPropertyName("refresh_in")] string? RefreshIn,
        [property: JsonPropertyName("client_id")] string? ClientId);

    [JsonSerializable(typeof(Answer))]
    internal sealed partial class AnswerContext : JsonSerializerContext;
}
