using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace Keyless.Tests.Pipeline;

/// <summary>Tokens with claims, signed by nobody.</summary>
internal static class Jwts
{
    public static string Of(params (string Name, string Value)[] claims) =>
        WithPayload(new JsonObject(claims.Select(claim => KeyValuePair.Create(claim.Name, (JsonNode?)claim.Value))).ToJsonString());

    public static string WithPayload(string json) =>
        $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(json)}.{Encode("no signature")}";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
