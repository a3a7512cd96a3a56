using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tests.Support;

/// <summary>A token taken apart as an ordinary validator does it: by its issuer's discovery document and published keys.</summary>
internal sealed class DecodedToken
{
    private readonly string[] _parts;

    public DecodedToken(string text)
    {
        _parts = text.Split('.');
        Assert.Equal(3, _parts.Length);
        Header = Parse(_parts[0]);
        Claims = Parse(_parts[1]);
    }

    public JsonElement Header { get; }

    public JsonElement Claims { get; }

    public string[] ClaimNames => [.. Claims.EnumerateObject().Select(claim => claim.Name).Order(StringComparer.Ordinal)];

    public string String(string claim) => Claims.GetProperty(claim).GetString()!;

    public DateTimeOffset Time(string claim) => DateTimeOffset.FromUnixTimeSeconds(Claims.GetProperty(claim).GetInt64());

    /// <summary>Finds the key from the issuer's own documents and checks the signature with it.</summary>
    public async Task<bool> IsSignedByItsIssuerAsync()
    {
        var document = await HostCalls.GetAsync(new Uri($"{String("iss").TrimEnd('/')}/.well-known/openid-configuration"));
        Assert.Equal(String("iss"), document.String("issuer"));
        return IsSignedBy(await HostCalls.GetAsync(new Uri(document.String("jwks_uri"))));
    }

    /// <summary>Checks the signature with the keys of an authority, whatever the token calls its issuer.</summary>
    public async Task<bool> IsSignedByAsync(Uri authority) => IsSignedBy(await HostCalls.GetAsync(new Uri(authority, "discovery/keys")));

    /// <summary>Checks the signature with a key set that was fetched at some time.</summary>
    public bool IsSignedBy(Answer keySet)
    {
        var key = keySet.Json.GetProperty("keys").EnumerateArray()
            .SingleOrDefault(jwk => jwk.GetProperty("kid").GetString() == Header.GetProperty("kid").GetString());
        if (key.ValueKind == JsonValueKind.Undefined)
            return false;

        using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });
        return rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{_parts[0]}.{_parts[1]}"),
            WebEncoders.Base64UrlDecode(_parts[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
    }

    private static byte[] Bytes(JsonElement key, string member) => WebEncoders.Base64UrlDecode(key.GetProperty(member).GetString()!);

    private static JsonElement Parse(string part) => JsonDocument.Parse(WebEncoders.Base64UrlDecode(part)).RootElement;
}
