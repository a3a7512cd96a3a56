using System.Buffers.Text;
using System.Text;

namespace Keyless.Cli.Tests.Support;

/// <summary>Writes tokens by hand.</summary>
internal static class Jwt
{
    public static string Of(string header, string claims) => $"{Encode(header)}.{Encode(claims)}.{Encode("no signature")}";

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
