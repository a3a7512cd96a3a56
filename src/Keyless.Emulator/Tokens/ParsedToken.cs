using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tokens;

/// <summary>A token that somebody has sent, taken apart. Nothing of it has been verified.</summary>
internal sealed class ParsedToken
{
    private ParsedToken(JsonElement header, JsonElement claims, byte[] signed, byte[] signature)
    {
        Header = header;
        Claims = claims;
        Signed = signed;
        Signature = signature;
    }

    public JsonElement Header { get; }

    public JsonElement Claims { get; }

    /// <summary>The bytes that the signature is of.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    public string? Algorithm => TextOf(Header, "alg");

    public string? KeyId => TextOf(Header, "kid");

    /// <summary>Takes a text apart. Null: it is no token.</summary>
    public static ParsedToken? TryParse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3)
            return null;

        try
        {
            var header = Parse(parts[0]);
            var claims = Parse(parts[1]);
            return header.ValueKind == JsonValueKind.Object && claims.ValueKind == JsonValueKind.Object
                ? new ParsedToken(
                    header, claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), WebEncoders.Base64UrlDecode(parts[2]))
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public string? Text(string claim) => TextOf(Claims, claim);

    /// <summary>The texts of a claim that may be one or a list of them.</summary>
    public string[] Texts(string claim) => !Claims.TryGetProperty(claim, out var value)
        ? []
        : value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.String)
                .Select(item => item.GetString()!)],
            _ => [],
        };

    /// <summary>A claim that holds seconds since 1970. Null: there is none, or it is no such number.</summary>
    public DateTimeOffset? Time(string claim)
    {
        const long Latest = 253_402_300_799;
        return Claims.TryGetProperty(claim, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var seconds)
            && seconds is >= 0 and <= Latest
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    public static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Parse(string part)
    {
        using var document = JsonDocument.Parse(WebEncoders.Base64UrlDecode(part));
        RequireText(document.RootElement);
        return document.RootElement.Clone();
    }

    // The parser leaves texts as they are until somebody reads them; one may have bytes or an escape that stand for no character.
    private static void RequireText(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    RequireText(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    RequireText(member.Value);
                }

                break;
        }
    }
}
