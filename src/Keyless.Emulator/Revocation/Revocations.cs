using System.Collections.Concurrent;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Revocation;

/// <summary>Which tokens are no longer good, though they have not expired.</summary>
internal sealed class Revocations(TokenIds ids)
{
    private readonly ConcurrentDictionary<string, bool> _tokens = new(StringComparer.Ordinal);

    // By object id: the newest token that the subject had at that moment.
    private readonly ConcurrentDictionary<string, long> _subjects = new(StringComparer.OrdinalIgnoreCase);

    private long _before;

    public void RevokeToken(string id) => _tokens[id] = true;

    public void RevokeSubject(Guid objectId) => _subjects[objectId.ToString()] = ids.Last;

    public void RevokeBefore(DateTimeOffset instant)
    {
        // Of several instants the latest counts.
        var seconds = instant.ToUnixTimeSeconds();
        for (var known = Interlocked.Read(ref _before); seconds > known; known = Interlocked.Read(ref _before))
            Interlocked.CompareExchange(ref _before, seconds, known);
    }

    public bool Covers(ParsedToken token)
    {
        var id = token.Text("uti") ?? "";
        if (_tokens.ContainsKey(id))
            return true;

        // Without a serial number it is none of this emulator's tokens as they were made, and so none that came after a revocation.
        if (_subjects.TryGetValue(token.Text("oid") ?? "", out var last) && !(TokenIds.SerialOf(id) > last))
            return true;

        // Tokens say that they were issued earlier than they were, by the grace for validators whose clock is behind.
        var before = Interlocked.Read(ref _before);
        return before > 0 && (token.Time("iat") is not { } issued || (issued + TokenMinter.Grace).ToUnixTimeSeconds() < before);
    }
}
