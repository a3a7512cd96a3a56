using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Keyless.Cli.Decoding;

namespace Keyless.Cli.Demo;

/// <summary>Verifies tokens as a service does that trusts their issuer: by the keys that its discovery document leads to.</summary>
internal sealed class TokenVerifier : IDisposable
{
    private readonly Dictionary<string, RSA> _keys;
    private readonly string _issuer;

    private TokenVerifier(string issuer, Dictionary<string, RSA> keys)
    {
        _issuer = issuer;
        _keys = keys;
    }

    /// <summary>Asks an issuer for its keys, over HTTP.</summary>
    public static async Task<TokenVerifier> FromDiscoveryAsync(Uri authority, CancellationToken cancellationToken)
    {
        // The issuer is on this machine; a proxy would look for it on its own.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var discovery = await GetAsync(http, new Uri(authority, ".well-known/openid-configuration"), cancellationToken);
        using var keySet = await GetAsync(http, new Uri(Text(discovery.RootElement, "jwks_uri")), cancellationToken);

        var keys = new Dictionary<string, RSA>(StringComparer.Ordinal);
        foreach (var key in keySet.RootElement.GetProperty("keys").EnumerateArray())
        {
            var (modulus, exponent) = (Base64Url.DecodeFromChars(Text(key, "n")), Base64Url.DecodeFromChars(Text(key, "e")));
            keys.Add(Text(key, "kid"), RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent }));
        }

        return new TokenVerifier(Text(discovery.RootElement, "issuer"), keys);
    }

    /// <summary>What is wrong with a token; null: nothing.</summary>
    /// <param name="text">The token.</param>
    /// <param name="audience">The resource that it must be for.</param>
    /// <param name="objectId">The identity that it must be about; null: any.</param>
    /// <param name="now">The time at which it must be valid.</param>
    public string? FindFault(string text, string audience, Guid? objectId, DateTimeOffset now)
    {
        var token = JsonWebToken.Read(text);
        if (Text(token.Header, "alg") != "RS256")
            return "The token is not signed with RS256.";
        if (!_keys.TryGetValue(Text(token.Header, "kid"), out var key))
            return "The token is signed with a key that its issuer does not publish.";

        var signed = text.LastIndexOf('.');
        var signature = Base64Url.DecodeFromChars(text.AsSpan(signed + 1));
        if (!key.VerifyData(Encoding.ASCII.GetBytes(text[..signed]), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            return "The token's signature is wrong.";

        if (Text(token.Claims, "iss") != _issuer)
            return "The token names another issuer.";
        if (Text(token.Claims, "aud") != audience)
            return "The token is for another resource.";
        if (objectId is { } expected && Text(token.Claims, "oid") != expected.ToString())
            return "The token is about another identity.";
        return token.TimeOf("nbf") <= now && now < token.TimeOf("exp") ? null : "The token is not valid at this time.";
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
    }

    private static async Task<JsonDocument> GetAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        await using var body = await http.GetStreamAsync(address, cancellationToken);
        return await JsonDocument.ParseAsync(body, default, cancellationToken);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
