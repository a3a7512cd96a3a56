namespace Keyless.Caching;

/// <summary>A new entry or the reason why there is none.</summary>
internal readonly record struct FetchResult(TokenEntry? Entry, TokenFailure? Failure);
