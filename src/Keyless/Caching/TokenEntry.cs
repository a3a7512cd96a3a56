using System.Net.Http.Headers;

namespace Keyless.Caching;

/// <summary>
/// One token as the cache holds it: immutable but for <see cref="FastUntil"/>, published by one reference write, so that a reader
/// sees an old or a new one and never a mixture.
/// </summary>
internal sealed class TokenEntry(string token, string tokenType = "Bearer")
{
    /// <summary>Until this tick (<see cref="Environment.TickCount64"/>) the entry is known to be fresh without asking the wall clock. At most a second ahead.</summary>
    /// <remarks>The one field that changes. A lost update costs one more look at the wall clock.</remarks>
    public long FastUntil;

    public string Token { get; } = token;

    public string TokenType { get; } = tokenType;

    /// <summary>Built once, when the token arrives.</summary>
    public AuthenticationHeaderValue Authorization { get; } = new(tokenType, token);

    public required DateTimeOffset ExpiresOn { get; init; }

    /// <summary>From this instant on it is renewed in the background; the jitter is drawn already.</summary>
    public required DateTimeOffset RefreshOn { get; init; }

    /// <summary>From this instant on it is not handed out any more.</summary>
    public DateTimeOffset ServedUntil { get; init; }

    public required string Resource { get; init; }

    public SourceKind Source { get; init; }

    public Uri? Endpoint { get; init; }

    public TimeSpan AcquiredIn { get; init; }

    public Guid CorrelationId { get; init; }
}
