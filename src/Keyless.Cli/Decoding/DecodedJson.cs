using System.Text.Json;
using Keyless.Cli.Output;

namespace Keyless.Cli.Decoding;

/// <summary>What a token says, for programs.</summary>
/// <param name="SignatureVerified">Always false: decoding verifies nothing.</param>
internal sealed record DecodedJson(
    JsonElement Header,
    JsonElement Claims,
    string? IssuedAt,
    string? NotBefore,
    string? ExpiresOn,
    long? ExpiresIn,
    bool? Expired,
    bool SignatureVerified)
{
    public static DecodedJson Of(JsonWebToken token, DateTimeOffset now)
    {
        var expires = token.TimeOf("exp");
        return new DecodedJson(
            token.Header,
            token.Claims,
            Iso(token.TimeOf("iat")),
            Iso(token.TimeOf("nbf")),
            Iso(expires),
            expires is { } time ? (long)(time - now).TotalSeconds : null,
            expires is null ? null : expires <= now,
            SignatureVerified: false);

        static string? Iso(DateTimeOffset? time) => time is { } known ? TimeText.Iso(known) : null;
    }
}
