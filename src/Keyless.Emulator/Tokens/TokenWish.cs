namespace Keyless.Emulator.Tokens;

/// <summary>What a token is wanted for.</summary>
/// <param name="Tenant">Who issues it.</param>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Resource">Whom it is for.</param>
internal sealed record TokenWish(EmulatedTenant Tenant, TokenSubject Subject, string Resource)
{
    /// <summary>What the client declares to understand.</summary>
    public IReadOnlyCollection<string> Capabilities { get; init; } = [];

    /// <summary>How long it is to live. Null: as long as the emulator's tokens do.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The hash of a token that a resource refused; that token is not handed out again. Null: none.</summary>
    public string? RefusedSha256 { get; init; }

    /// <summary>Whether a token that was handed out before will do as long as it lives, whatever has changed and whoever refused it.</summary>
    public bool TakesStale { get; init; }

    /// <summary>How this one token is to differ from what it would be; such a token is never kept. Null: not at all.</summary>
    public TokenChange? Change { get; init; }
}
