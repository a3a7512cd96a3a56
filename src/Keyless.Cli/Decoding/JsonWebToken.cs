using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Keyless.Emulator.Tokens;

namespace Keyless.Cli.Decoding;

/// <summary>What a signed token says, read without verifying it.</summary>
internal sealed record JsonWebToken(JsonElement Header, JsonElement Claims)
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Reads a token. Errors say which part is wrong and how, and repeat nothing of it.</summary>
    /// <exception cref="ToolException">It is no such token.</exception>
    public static JsonWebToken Read(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3)
            throw ToolException.Usage(WrongNumber(parts.Length));

        RequireBase64Url(parts[2], "third part (the signature)");
        return new JsonWebToken(ReadObject(parts[0], "first part (the header)"), ReadObject(parts[1], "second part (the claims)"));
    }

    public DateTimeOffset? TimeOf(string claim) => Claims.TryGetProperty(claim, out var value) ? ClaimGuide.ReadTime(value) : null;

    private static string WrongNumber(int parts) => parts switch
    {
        1 => "The input is no JWT: it has no dots, where a JWT has three parts divided by dots. "
            + "Not every access token is one; clients need not read it.",
        5 => "The input is an encrypted token (it has five parts): only the one it is for can read it.",
        _ => $"The input is no JWT: it has {parts} parts divided by dots, where a JWT has three. "
            + "Was it cut, or did something else come with it?",
    };

    private static JsonElement ReadObject(string part, string name)
    {
        RequireBase64Url(part, name);
        var bytes = Base64Url.DecodeFromChars(part);
        if (!Utf8.IsValid(bytes))
            throw ToolException.Usage($"The {name} is no text: decoded, it is not UTF-8.");

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw ToolException.Usage($"The {name} is JSON, but of kind {document.RootElement.ValueKind} where an object is expected.");

            RequireText(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (InvalidOperationException)
        {
            throw ToolException.Usage($"The {name} is JSON, but a text in it has an escape that stands for no character.");
        }
        catch (JsonException e)
        {
            // The exception's own text may quote the token.
            var (line, position) = ((e.LineNumber ?? 0) + 1, e.BytePositionInLine ?? 0);
            throw ToolException.Usage($"The {name} is no JSON: it goes wrong at byte {position} of line {line}.");
        }
    }

    // The parser leaves escapes as they are until somebody reads the text.
    private static void RequireText(JsonElement parent)
    {
        foreach (var member in parent.EnumerateObject())
        {
            _ = member.Name;
            if (member.Value.ValueKind == JsonValueKind.String)
                _ = member.Value.GetString();
        }
    }

    private static void RequireBase64Url(string part, string name)
    {
        var at = part.AsSpan().IndexOfAnyExcept(Alphabet);
        if (at >= 0)
        {
            var what = part[at] is '+' or '/' or '='
                ? $"'{part[at]}', which belongs to plain base64"
                : "one that base64url does not have";
            throw ToolException.Usage($"The {name} is not base64url: character {at + 1} of {part.Length} is {what}.");
        }

        if (part.Length % 4 == 1)
            throw ToolException.Usage($"The {name} is not base64url: {part.Length} characters can't encode whole bytes. Was it cut?");
    }
}
