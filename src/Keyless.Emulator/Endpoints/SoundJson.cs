using System.Text;
using System.Text.Json;

namespace Keyless.Emulator.Endpoints;

/// <summary>JSON that somebody has sent, all of whose texts are texts.</summary>
/// <remarks>An escape for half of a surrogate pair (<c>"\ud800"</c>) is well-formed, and fails only where it is read or written on.</remarks>
internal static class SoundJson
{
    /// <exception cref="JsonException">It is no JSON, or a text in it holds what is no character.</exception>
    public static JsonDocument Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Parse(string)"/>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text)
    {
        var document = JsonDocument.Parse(text);
        try
        {
            ReadAll(document.RootElement);
            return document;
        }
        catch (InvalidOperationException exception)
        {
            document.Dispose();
            throw new JsonException("A text in it holds half of a surrogate pair, which is no character.", exception);
        }
    }

    private static void ReadAll(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _ = json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    ReadAll(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    ReadAll(member.Value);
                }

                break;
        }
    }
}
