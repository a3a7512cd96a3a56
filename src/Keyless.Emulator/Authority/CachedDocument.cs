using System.Security.Cryptography;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Authority;

/// <summary>Documents that clients may keep, and ask for again only if they have changed.</summary>
internal static class CachedDocument
{
    public static EndpointAnswer Answer(EndpointRequest request, EndpointAnswer document)
    {
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(document.Body.Span)[..16])}\"";
        var isKnown = request.Headers.IfNoneMatch.Any(known => known?.Split(',').Any(part => IsSame(part.Trim(), tag)) == true);
        var answer = isKnown ? new EndpointAnswer(304, ReadOnlyMemory<byte>.Empty, ContentType: null) : document;
        return answer.WithHeader("ETag", tag).WithHeader("Cache-Control", "max-age=86400, private");
    }

    private static bool IsSame(string known, string tag) => known == "*" || known == tag || known == $"W/{tag}";
}
