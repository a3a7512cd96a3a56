using System.Text;
using System.Text.Json.Nodes;

namespace Keyless.Emulator.Tokens;

/// <summary>Claims that somebody set beside or in place of the usual ones.</summary>
internal static class ClaimOverrides
{
    /// <summary>Lays levels of claims over a token's own, the later over the earlier; null takes a claim out.</summary>
    public static byte[] Apply(byte[] payload, params ReadOnlySpan<IReadOnlyDictionary<string, JsonNode?>?> levels)
    {
        JsonObject? claims = null;
        foreach (var level in levels)
        {
            if (level is null || level.Count == 0)
                continue;

            claims ??= JsonNode.Parse(payload)!.AsObject();
            foreach (var (name, value) in level)
            {
                if (value is null)
                    claims.Remove(name);
                else
                    claims[name] = value.DeepClone();
            }
        }

        return claims is null ? payload : Encoding.UTF8.GetBytes(claims.ToJsonString());
    }
}
