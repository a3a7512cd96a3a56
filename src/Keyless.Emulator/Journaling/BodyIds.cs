using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Journaling;

/// <summary>The correlation ids in an error's body: Entra's stand in it, those of Service Fabric below <c>error</c>.</summary>
internal static class BodyIds
{
    private static readonly string[] Names = ["correlation_id", "correlationId", "trace_id"];

    public static IReadOnlyList<KeyValuePair<string, string>> In(string? body)
    {
        if (body is not ['{', ..])
            return [];

        try
        {
            using var json = SoundJson.Parse(body);
            var root = json.RootElement;
            var nested = root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? IdsOf(error) : [];
            KeyValuePair<string, string>[] found = [.. IdsOf(root), .. nested];
            return found;
        }
        catch (JsonException)
        {
            // A fault may have spoilt it.
            return [];
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> IdsOf(JsonElement json) =>
        from member in json.EnumerateObject()
        let rank = Array.IndexOf(Names, member.Name)
        where rank >= 0 && member.Value.ValueKind == JsonValueKind.String
        orderby rank
        select KeyValuePair.Create(member.Name, member.Value.GetString()!);
}
