using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tokens;

/// <summary>The ids of tokens, <c>uti</c>: random, but for a serial number by which the emulator knows which of two came first.</summary>
/// <remarks>A revocation needs that: on a clock that stands still all tokens have the same times.</remarks>
internal sealed class TokenIds(TimeProvider clock)
{
    private const int RandomSize = 8;

    // Beyond those of an earlier emulator that had the same key.
    private long _last = clock.GetUtcNow().Ticks;

    /// <summary>The serial number of the newest token.</summary>
    public long Last => Interlocked.Read(ref _last);

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[RandomSize + sizeof(long)];
        RandomNumberGenerator.Fill(bytes[..RandomSize]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[RandomSize..], Interlocked.Increment(ref _last));
        return WebEncoders.Base64UrlEncode(bytes);
    }

    /// <summary>The serial number in an id. Null: the emulator made no such id.</summary>
    public static long? SerialOf(string id)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(id);
            return bytes.Length == RandomSize + sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(RandomSize)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
