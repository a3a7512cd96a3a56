namespace Keyless.Caching;

/// <summary>What came of one acquisition, shared by all who waited for it.</summary>
internal readonly struct FetchOutcome
{
    public FetchOutcome(TokenEntry entry, TokenOrigin origin, AcquisitionReason reason)
    {
        Entry = entry;
        Origin = origin;
        Reason = reason;
    }

    public FetchOutcome(TokenFailure failure) => Failure = failure;

    public TokenEntry? Entry { get; }

    public TokenOrigin Origin { get; }

    public AcquisitionReason Reason { get; }

    public TokenFailure? Failure { get; }

    public AccessToken ToAccessToken() => Failure is null
        ? new AccessToken(Entry!, Origin, Reason)
        : throw new ManagedIdentityException(Failure);

    public TokenResult ToResult() => Failure is null ? new TokenResult(new AccessToken(Entry!, Origin, Reason)) : new TokenResult(Failure);
}
