using System.Buffers.Text;
using System.Text.Json;

namespace Keyless.Interop.Tests.Support;

/// <summary>What a token says, without verifying it.</summary>
internal sealed class Claims
{
    private readonly JsonElement _claims;

    public Claims(string token)
    {
        var parts = token.Split('.');
        Assert.Equal(3, parts.Length);
        _claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
    }

    public string? this[string name] => _claims.TryGetProperty(name, out var value) ? value.ToString() : null;

    public long ExpiresOn => _claims.GetProperty("exp").GetInt64();
}
