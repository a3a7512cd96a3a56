using System.Buffers;
using System.Text.Json;

namespace Keyless.Emulator.Tokens;

/// <summary>A token before it is signed.</summary>
internal sealed class TokenDraft
{
    /// <summary>When the tenants were created, in seconds since 1970; tokens say it.</summary>
    private const long TenantCreatedOn = 1_577_836_800;

    // Tokens for Microsoft Graph say a little more than those for others.
    private static readonly string[] Graph =
        ["https://graph.microsoft.com", "https://graph.microsoft.com/", "00000003-0000-0000-c000-000000000000"];

    public required TokenSubject Subject { get; init; }

    /// <summary>Its form: 1 or 2.</summary>
    public required int Version { get; init; }

    public required string Audience { get; set; }

    public required string Issuer { get; set; }

    public required Guid TenantId { get; set; }

    /// <summary>When it was issued, or says so.</summary>
    public required DateTimeOffset IssuedAt { get; set; }

    public required DateTimeOffset ExpiresOn { get; set; }

    /// <summary>Its own id.</summary>
    public required string Id { get; init; }

    public IReadOnlyCollection<string> Roles { get; init; } = [];

    public IReadOnlyCollection<string> Groups { get; set; } = [];

    public IReadOnlyCollection<string> Capabilities { get; init; } = [];

    public bool IsForGraph => Graph.Contains(Audience, StringComparer.OrdinalIgnoreCase);

    public byte[] Write()
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("aud", Audience);
            json.WriteString("iss", Issuer);
            json.WriteNumber("iat", IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("nbf", IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", ExpiresOn.ToUnixTimeSeconds());
            json.WriteString("aio", Opaque.Text(39));
            WriteList(json, "groups", Groups);
            json.WriteString("rh", "1." + Opaque.Text(42));
            WriteList(json, "roles", Roles);
            json.WriteString("tid", TenantId);
            json.WriteString("uti", Id);
            json.WriteString("ver", Version == 2 ? "2.0" : "1.0");
            Subject.WriteClaims(json, this);
            WriteList(json, "xms_cc", Capabilities);
            if (Version == 1)
                json.WriteNumber("xms_tcdt", TenantCreatedOn);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
            return;

        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
