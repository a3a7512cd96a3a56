using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tokens;

/// <summary>Texts that mean something to Entra alone; here they mean nothing.</summary>
internal static class Opaque
{
    public static string Text(int bytes) => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(bytes));
}
