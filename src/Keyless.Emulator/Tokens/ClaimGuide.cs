using System.Text.Json;

namespace Keyless.Emulator.Tokens;

/// <summary>What the members of a token's header and its claims mean.</summary>
/// <remarks>The tool has this file too, so as to decode without loading the emulator.</remarks>
internal static class ClaimGuide
{
    private const string Internal = "for Entra ID's own use";

    private static readonly Dictionary<string, string> Header = new(StringComparer.Ordinal)
    {
        ["typ"] = "what kind of token this is",
        ["alg"] = "how it is signed",
        ["kid"] = "which of the issuer's keys verifies it",
        ["x5t"] = "the thumbprint of the signing certificate",
        ["nonce"] = "only the resource can verify the signature",
    };

    private static readonly Dictionary<string, string> Claims = new(StringComparer.Ordinal)
    {
        ["acr"] = "how the person signed in, as a level",
        ["aio"] = Internal,
        ["amr"] = "how the person signed in",
        ["app_displayname"] = "the calling application's name",
        ["appid"] = "the calling identity's client id",
        ["aud"] = "the resource that may accept it",
        ["azp"] = "the calling identity's client id",
        ["cnf"] = "the key that the token is bound to",
        ["family_name"] = "the person's family name",
        ["given_name"] = "the person's given name",
        ["groups"] = "groups that the identity is a member of",
        ["idp"] = "who authenticated the identity",
        ["ipaddr"] = "the address from which the person signed in",
        ["iss"] = "who issued it: the tenant's authority",
        ["name"] = "the person's name",
        ["oid"] = "the object id: roles are assigned to this",
        ["rh"] = Internal,
        ["roles"] = "application roles on the resource",
        ["scp"] = "what the person lets the application do",
        ["sub"] = "whom the token is about",
        ["tenant_region_scope"] = "the region of the tenant",
        ["tid"] = "the tenant",
        ["unique_name"] = "the person's sign-in name",
        ["upn"] = "the person's sign-in name",
        ["uti"] = "this token's id, as in the sign-in log",
        ["wids"] = "directory roles that the identity has",
        ["xms_cc"] = "what the client understands",
        ["xms_az_nwperimid"] = "network security perimeters",
        ["xms_az_rid"] = "the machine that the token was given to",
        ["xms_idrel"] = "how identity and tenant are related",
        ["xms_mirid"] = "the managed identity's ARM resource id",
        ["xms_ssm"] = "a long-lived token that can be revoked",
        ["xms_tb"] = "the key that the token is bound to",
        ["xms_tcdt"] = "when the tenant was made",
    };

    public static string ExplainHeader(string name, JsonElement value) => (name, TextOf(value)) switch
    {
        ("alg", "none") => "not signed at all: nobody should accept it",
        ("alg", "RS256") => "signed with RSA and SHA-256",
        (_, _) => Header.GetValueOrDefault(name, ""),
    };

    public static string ExplainClaim(string name, JsonElement value, DateTimeOffset now) => (name, TextOf(value)) switch
    {
        ("exp" or "iat" or "nbf", _) => ReadTime(value) is { } time ? ExplainTime(name, time, now) : "",
        ("idtyp", "app") => "an application's token, not a person's",
        ("idtyp", "user") => "a person's token",
        ("appidacr" or "azpacr", "0") => "a public client, which proved nothing",
        ("appidacr" or "azpacr", "1") => "the client proved itself by a secret",
        ("appidacr" or "azpacr", "2") => "the client proved itself by a certificate",
        ("ver", "1.0") => "the older format; the resource chooses",
        ("ver", "2.0") => "the newer format; the resource chooses",
        (_, _) => Claims.GetValueOrDefault(name, ""),
    };

    /// <summary>A claim that holds a time, in seconds since 1970. Null: it holds none.</summary>
    public static DateTimeOffset? ReadTime(JsonElement seconds) =>
        seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var since1970) && since1970 is > -6e10 and < 2.5e11
            ? DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(since1970))
            : null;

    /// <summary>The value as people read it: times in UTC, everything else as it stands.</summary>
    public static string Show(string name, JsonElement value) =>
        name is "exp" or "iat" or "nbf" or "xms_tcdt" or "auth_time" && ReadTime(value) is { } time
            ? TimeWords.Utc(time)
            : TextOf(value);

    private static string ExplainTime(string name, DateTimeOffset time, DateTimeOffset now)
    {
        var distance = TimeWords.Relative(time, now);
        return (name, time > now) switch
        {
            ("exp", true) => $"expires {distance}",
            ("exp", false) => $"expired {distance}",
            ("iat", _) => $"issued {distance}",
            (_, true) => $"not valid yet: from {distance}",
            (_, false) => $"valid since {distance}",
        };
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
