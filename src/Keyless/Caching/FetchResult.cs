namespace Keyless.Caching;

/// <summary>A new entry or the reason why there is none.</summary>
internal readonly struct FetchResult(TokenEntry? entry, TokenFailure? failure)
{
    public TokenEntry? Entry { get; } = entry;

    public TokenFailure? Failure { get; } = failure;
}
