using System.Buffers;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Keys;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tokens;

/// <summary>The three parts of a token's text.</summary>
internal static class SignedText
{
    public static string Of(byte[] payload, SigningKey key, int version) => Join(Header("RS256", key, version), payload, key.Sign);

    /// <summary>A header. Without a key it does not say which one it is.</summary>
    public static byte[] Header(string algorithm, SigningKey? key, int version)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("typ", "JWT");
            json.WriteString("alg", algorithm);
            if (key is not null && version == 1)
                json.WriteString("x5t", key.Thumbprint);
            if (key is not null)
                json.WriteString("kid", key.Id);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static string Join(byte[] header, byte[] payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{WebEncoders.Base64UrlEncode(header)}.{WebEncoders.Base64UrlEncode(payload)}";
        return $"{signed}.{WebEncoders.Base64UrlEncode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
