using System.Text;
using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A body that is no JSON, or none that anybody should have to read. HTTP is in order.</summary>
internal sealed record BodyFault(BodyFlaw Flaw) : RewriteFault
{
    public const string Name = "body";

    private const int Depth = 10_000;
    private const int HugeSize = 10 * 1024 * 1024;

    public override string Kind => Name;

    public static BodyFault Read(FaultReader json) => new(json.OneOf<BodyFlaw>("flaw"));

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("flaw", KebabCase.Of(Flaw));

    private protected override EndpointAnswer Rewrite(EndpointAnswer answer, FaultContext context) =>
        answer with { Body = Spoil(answer.Body.Span) };

    private byte[] Spoil(ReadOnlySpan<byte> body) => Flaw switch
    {
        BodyFlaw.Truncated => [.. body[..(body.Length / 2)]],
        BodyFlaw.TrailingText => [.. body, .. "\n<!-- served by proxy -->\n"u8],
        BodyFlaw.Array => [.. "["u8, .. body, .. "]"u8],
        BodyFlaw.ByteOrderMark => [.. Encoding.UTF8.Preamble, .. body],
        BodyFlaw.DuplicateMembers => [.. "{\"access_token\":\"the-other-one\",\"expires_on\":\"1\","u8, .. body[1..]],
        BodyFlaw.Utf16 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body))],
        BodyFlaw.DeepNesting => [.. "{\"nested\":"u8, .. Repeat('[', Depth), .. Repeat(']', Depth), .. ","u8, .. body[1..]],
        _ => [.. body[..^1], .. ",\"padding\":\""u8, .. Repeat('x', HugeSize), .. "\"}"u8],
    };

    private static byte[] Repeat(char c, int count)
    {
        var bytes = new byte[count];
        Array.Fill(bytes, (byte)c);
        return bytes;
    }
}

/// <summary>What is wrong with a body as JSON.</summary>
public enum BodyFlaw
{
    /// <summary>It stops in the middle; its length says so.</summary>
    Truncated,

    /// <summary>There is text behind it.</summary>
    TrailingText,

    /// <summary>It is a list with the object in it.</summary>
    Array,

    /// <summary>It begins with UTF-8's byte order mark.</summary>
    ByteOrderMark,

    /// <summary>Token and expiry stand in it twice, with different values.</summary>
    DuplicateMembers,

    /// <summary>It is in UTF-16, whatever its type says.</summary>
    Utf16,

    /// <summary>A member in front of the others is 10,000 lists deep.</summary>
    DeepNesting,

    /// <summary>It is right, and has 10 MiB of padding behind the members that matter.</summary>
    Huge,
}
