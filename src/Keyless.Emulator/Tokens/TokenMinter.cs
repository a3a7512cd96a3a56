using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tokens;

/// <summary>Writes and signs tokens in the v1 form that managed identities get.</summary>
internal sealed class TokenMinter(Issuers issuers, TimeSpan lifetime, EmulatorClock clock)
{
    /// <summary>When the tenants were created, in seconds since 1970; tokens say it.</summary>
    public const long TenantCreatedOn = 1_577_836_800;

    /// <summary>The grace that Entra gives to validators whose clock is behind.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public IssuedToken Mint(SigningKey key, TokenWish wish)
    {
        var skew = clock.Skew;
        var now = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + skew).ToUnixTimeSeconds());
        var notBefore = now - Grace;
        var expiresOn = now + lifetime;

        var issuer = issuers.V1(wish.Tenant.Id);
        var header = Encode(json =>
        {
            json.WriteString("typ", "JWT");
            json.WriteString("alg", "RS256");
            json.WriteString("x5t", key.Thumbprint);
            json.WriteString("kid", key.Id);
        });
        var payload = Encode(json =>
        {
            json.WriteString("aud", wish.Resource);
            json.WriteString("iss", issuer);
            json.WriteNumber("iat", notBefore.ToUnixTimeSeconds());
            json.WriteNumber("nbf", notBefore.ToUnixTimeSeconds());
            json.WriteNumber("exp", expiresOn.ToUnixTimeSeconds());
            json.WriteString("aio", Opaque(39));
            json.WriteString("rh", "1." + Opaque(42));
            json.WriteString("uti", Opaque(16));
            json.WriteString("ver", "1.0");
            wish.Subject.WriteClaims(json, issuer);
            if (wish.Capabilities.Count > 0)
                WriteCapabilities(json, wish.Capabilities);
        });

        var signed = $"{header}.{payload}";
        var signature = WebEncoders.Base64UrlEncode(key.Sign(Encoding.ASCII.GetBytes(signed)));
        return new IssuedToken($"{signed}.{signature}", notBefore, expiresOn) { Skew = skew };
    }

    private static void WriteCapabilities(Utf8JsonWriter json, IEnumerable<string> capabilities)
    {
        json.WriteStartArray("xms_cc");
        foreach (var capability in capabilities)
            json.WriteStringValue(capability);
        json.WriteEndArray();
    }

    private static string Encode(Action<Utf8JsonWriter> writeMembers)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return WebEncoders.Base64UrlEncode(bytes.WrittenSpan);
    }

    private static string Opaque(int bytes) => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(bytes));
}
