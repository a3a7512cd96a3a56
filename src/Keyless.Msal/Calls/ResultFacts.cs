#nullable disable annotations

using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Msal.Calls;

/// <summary>What a result says. The results of all hits of a token share one; a result that is changed gets a copy first.</summary>
internal sealed class ResultFacts
{
    private const string Tenant = "managed_identity";

    private static readonly RegionDetails NoRegion = new(RegionOutcome.None, regionUsed: null, autoDetectionError: null);
    private static readonly Dictionary<string, string> NoParameters = new(StringComparer.Ordinal);

    private TokenOrigin _origin;
    private AcquisitionReason _reason;

    public bool IsShared { get; private set; }

    public string AccessToken { get; set; }

    public string TokenType { get; set; }

    public DateTimeOffset ExpiresOn { get; set; }

    public DateTimeOffset ExtendedExpiresOn { get; set; }

    public bool IsExtendedLifeTimeToken { get; set; }

    public string TenantId { get; set; }

    public IAccount Account { get; set; }

    public string IdToken { get; set; }

    public string UniqueId { get; set; }

    public IEnumerable<string> Scopes { get; set; }

    public Guid CorrelationId { get; set; }

    public string SpaAuthCode { get; set; }

    public X509Certificate2 BindingCertificate { get; set; }

    public IReadOnlyDictionary<string, string> AdditionalResponseParameters { get; set; }

    public ClaimsPrincipal ClaimsPrincipal { get; set; }

    public AuthenticationResultMetadata Metadata { get; set; }

    public static ResultFacts Of(AccessToken token, TokenCache cache, TimeSpan elapsed, Guid? correlationId = null)
    {
        var cached = token.Origin == TokenOrigin.Cache;
        return new ResultFacts
        {
            IsShared = true,
            _origin = token.Origin,
            _reason = token.Reason,
            AccessToken = token.Token,
            TokenType = token.TokenType,
            ExpiresOn = token.ExpiresOn,
            TenantId = Tenant,
            Scopes = Array.AsReadOnly([token.Resource]),
            CorrelationId = correlationId ?? token.CorrelationId,
            AdditionalResponseParameters = cached ? null : NoParameters,
            Metadata = new AuthenticationResultMetadata(cached ? TokenSource.Cache : TokenSource.IdentityProvider)
            {
                TokenEndpoint = cached ? null : token.Endpoint?.AbsoluteUri,
                DurationTotalInMs = (long)elapsed.TotalMilliseconds,
                DurationInHttpInMs = cached ? 0 : (long)token.AcquiredIn.TotalMilliseconds,
                RefreshOn = token.RefreshOn,
                CacheRefreshReason = ReasonOf(token.Reason),
                CacheLevel = cached ? CacheLevel.L1Cache : CacheLevel.None,
                RegionDetails = NoRegion,
                CachedAccessTokenCount = cache.Count,
            },
        };
    }

    public bool IsOf(AccessToken token) => ReferenceEquals(AccessToken, token.Token) && _origin == token.Origin && _reason == token.Reason;

    public ResultFacts Copy()
    {
        var copy = (ResultFacts)MemberwiseClone();
        copy.IsShared = false;
        copy.Metadata = Metadata?.Copy();
        return copy;
    }

    private static CacheRefreshReason ReasonOf(AcquisitionReason reason) => reason switch
    {
        AcquisitionReason.NoCachedToken => CacheRefreshReason.NoCachedAccessToken,
        AcquisitionReason.Expired => CacheRefreshReason.Expired,
        AcquisitionReason.ForcedOrClaims => CacheRefreshReason.ForceRefreshOrClaims,
        AcquisitionReason.RefreshAhead => CacheRefreshReason.ProactivelyRefreshed,
        _ => CacheRefreshReason.NotApplicable,
    };
}
