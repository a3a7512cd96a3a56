using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A token's answer in which one field is not as it should be.</summary>
internal sealed record FieldFault(FieldFlaw Flaw) : RewriteFault
{
    public const string Name = "field";

    private const string ExpiresOn = "expires_on";
    private const string ExpiresIn = "expires_in";
    private const string ExtendedExpiresIn = "ext_expires_in";

    public override string Kind => Name;

    public static FieldFault Read(FaultReader json) => new(json.OneOf<FieldFlaw>("flaw"));

    internal override bool Suits(Leg leg) => leg is Leg.Token or Leg.Entra;

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("flaw", KebabCase.Of(Flaw));

    private protected override EndpointAnswer Rewrite(EndpointAnswer answer, FaultContext context)
    {
        if (answer.Token is not { } token)
            return answer;

        var now = context.Clock.TokenNow;
        var left = Math.Max(0, (long)(token.ExpiresOn - now).TotalSeconds);
        return JsonBody.Change(answer, body => Spoil(body, token.ExpiresOn, now, left));
    }

    private void Spoil(JsonObject body, DateTimeOffset expiresOn, DateTimeOffset now, long left)
    {
        switch (Flaw)
        {
            case FieldFlaw.MissingToken:
                body.Remove("access_token");
                break;
            case FieldFlaw.EmptyToken:
                body["access_token"] = "";
                break;
            case FieldFlaw.MissingExpiry:
                RemoveExpiry(body);
                break;
            case FieldFlaw.ExpiryAsNumber:
                SetExpiry(body, JsonValue.Create(expiresOn.ToUnixTimeSeconds()));
                break;
            case FieldFlaw.ExpiryAsText:
                SetExpiry(body, Text(expiresOn.ToUnixTimeSeconds()));
                break;
            case FieldFlaw.ExpiryAsDate:
                SetExpiry(body, expiresOn.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            case FieldFlaw.NegativeExpiry:
                SetExpiry(body, "-1");
                break;
            case FieldFlaw.PastExpiry:
                SetExpiry(body, Text(now.AddHours(-1).ToUnixTimeSeconds()));
                break;
            case FieldFlaw.HugeExpiry:
                SetExpiry(body, "99999999999999999999");
                break;
            case FieldFlaw.ExpiresInFirst:
                RemoveExpiry(body);
                body.Add(ExpiresIn, Text(left));
                body.Add(ExpiresOn, Text(expiresOn.ToUnixTimeSeconds()));
                break;
            case FieldFlaw.ExpiresInLast:
                RemoveExpiry(body);
                body.Add(ExpiresOn, Text(expiresOn.ToUnixTimeSeconds()));
                body.Add(ExpiresIn, Text(left));
                break;
            case FieldFlaw.UnknownFields:
                body.Add("x_new", new JsonObject { ["of"] = new JsonArray(JsonValue.Create(1), null, JsonValue.Create("kind")) });
                body.Add("x_newer", null);
                break;
            case FieldFlaw.MissingTokenType:
                body.Remove("token_type");
                break;
            default:
                body["token_type"] = "pop";
                break;
        }
    }

    private static void SetExpiry(JsonObject body, JsonNode? value)
    {
        RemoveExpiry(body);
        body.Add(ExpiresOn, value);
    }

    // With a second expiry beside it, no flaw of the first would show.
    private static void RemoveExpiry(JsonObject body)
    {
        body.Remove(ExpiresOn);
        body.Remove(ExpiresIn);
        body.Remove(ExtendedExpiresIn);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is wrong with a field of a token's answer. Where it is an expiry, <c>expires_on</c> is the only one there.</summary>
public enum FieldFlaw
{
    /// <summary>There is no <c>access_token</c>.</summary>
    MissingToken,

    /// <summary>The <c>access_token</c> is empty.</summary>
    EmptyToken,

    /// <summary>There is no expiry in any form.</summary>
    MissingExpiry,

    /// <summary>The expiry is a number.</summary>
    ExpiryAsNumber,

    /// <summary>The expiry is a number in quotes.</summary>
    ExpiryAsText,

    /// <summary>The expiry is a date in ISO 8601.</summary>
    ExpiryAsDate,

    /// <summary>The expiry is -1.</summary>
    NegativeExpiry,

    /// <summary>The expiry was an hour ago. The token itself is good.</summary>
    PastExpiry,

    /// <summary>The expiry is a number that no 64 bits hold.</summary>
    HugeExpiry,

    /// <summary><c>expires_in</c> stands before <c>expires_on</c>.</summary>
    ExpiresInFirst,

    /// <summary><c>expires_in</c> stands behind <c>expires_on</c>.</summary>
    ExpiresInLast,

    /// <summary>There are fields that nobody knows, one of them an object.</summary>
    UnknownFields,

    /// <summary>There is no <c>token_type</c>.</summary>
    MissingTokenType,

    /// <summary>The <c>token_type</c> is <c>pop</c>.</summary>
    PopTokenType,
}
