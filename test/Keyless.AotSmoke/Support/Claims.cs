using System.Text.Json;

namespace Keyless.AotSmoke.Support;

/// <summary>What a token says. Its signature is not verified here.</summary>
internal static class Claims
{
    public static string? Of(string token, string claim)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        using var json = JsonDocument.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
        return json.RootElement.TryGetProperty(claim, out var value) ? value.ToString() : null;
    }
}
