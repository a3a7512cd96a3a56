using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;

namespace Keyless.Emulator.Tokens;

/// <summary>Makes tokens that must be refused.</summary>
internal sealed class FlawedTokens
{
    // As text, a group takes 52 bytes of a token.
    private const int GroupsBeyond8K = 180;
    private const int GroupsBeyond64K = 1300;

    private static readonly Guid NoTenant = StableGuid.Of("tenant that does not exist");

    // Made when first wanted; never published.
    private readonly Lazy<SigningKey> _unknownKey = new(SigningKey.Create);

    /// <summary>Changes what a token says.</summary>
    public static void Spoil(TokenDraft draft, TokenFlaw flaw, Issuers issuers, DateTimeOffset now)
    {
        switch (flaw)
        {
            case TokenFlaw.Expired:
                draft.ExpiresOn = now - TimeSpan.FromMinutes(10);
                draft.IssuedAt = draft.ExpiresOn - TimeSpan.FromHours(1);
                break;
            case TokenFlaw.NotYetValid:
                draft.IssuedAt = now + TimeSpan.FromHours(1);
                draft.ExpiresOn = draft.IssuedAt + TimeSpan.FromHours(1);
                break;
            case TokenFlaw.WrongAudience:
                draft.Audience = "api://keyless-emulator-wrong-audience";
                break;
            case TokenFlaw.WrongIssuer:
                draft.Issuer = $"https://issuer.example/{draft.TenantId}/";
                break;
            case TokenFlaw.WrongTenant:
                draft.TenantId = NoTenant;
                draft.Issuer = draft.Version == 2 ? issuers.V2(NoTenant) : issuers.V1(NoTenant);
                break;
            case TokenFlaw.Oversized or TokenFlaw.HugelyOversized:
                draft.Groups = Groups(flaw == TokenFlaw.Oversized ? GroupsBeyond8K : GroupsBeyond64K);
                break;
        }
    }

    /// <summary>Changes how a token is signed, or what becomes of it afterwards.</summary>
    public string Sign(byte[] payload, SigningKey key, int version, TokenFlaw flaw) => flaw switch
    {
        TokenFlaw.UnknownKey => SignedText.Of(payload, _unknownKey.Value, version),
        TokenFlaw.NoKeyId => SignedText.Join(SignedText.Header("RS256", key: null, version), payload, key.Sign),
        TokenFlaw.Tampered => Tampered(SignedText.Of(payload, key, version), payload, key, version),
        TokenFlaw.AlgorithmNone => SignedText.Join(SignedText.Header("none", key: null, version), payload, _ => []),
        TokenFlaw.SymmetricAlgorithm => SignedText.Join(
            SignedText.Header("HS256", key, version),
            payload,
            signed => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportPublicPem()), signed)),
        TokenFlaw.NotAToken => Opaque.Text(64),
        TokenFlaw.MissingObjectId => SignedText.Of(Without(payload, "oid"), key, version),
        _ => SignedText.Of(payload, key, version),
    };

    private static ImmutableArray<string> Groups(int count) =>
        [.. Enumerable.Range(0, count).Select(number => StableGuid.Of($"group/{number}").ToString())];

    private static byte[] Without(byte[] payload, string claim) =>
        ClaimOverrides.Apply(payload, new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { [claim] = null });

    // Somebody has helped himself to a role.
    private static string Tampered(string text, byte[] payload, SigningKey key, int version)
    {
        var roles = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { ["roles"] = new JsonArray("Everything.All") };
        var changed = SignedText.Join(SignedText.Header("RS256", key, version), ClaimOverrides.Apply(payload, roles), _ => []);
        return changed + text[(text.LastIndexOf('.') + 1)..];
    }
}
