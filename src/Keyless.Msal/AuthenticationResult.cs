#nullable disable annotations

using System.ComponentModel;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Keyless.Msal.Calls;

namespace Keyless.Msal;

/// <summary>A token and what is known about it. Never prints the token by itself.</summary>
/// <remarks>The public constructors are for tests.</remarks>
public class AuthenticationResult
{
    // The one field: results of hits share it, so that a result is three words. Whatever changes it, copies it first.
    private ResultFacts _facts;

    /// <summary>Makes a result by hand.</summary>
    /// <param name="accessToken">The token's text.</param>
    /// <param name="isExtendedLifeTimeToken">Whether the token is served beyond its expiry.</param>
    /// <param name="uniqueId">The user's id.</param>
    /// <param name="expiresOn">When it expires (UTC).</param>
    /// <param name="extendedExpiresOn">When it expires at last (UTC).</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="account">The user's account.</param>
    /// <param name="idToken">The user's id token.</param>
    /// <param name="scopes">What it is for.</param>
    /// <param name="correlationId">The id of the request.</param>
    /// <param name="tokenType">What to present it as.</param>
    /// <param name="authenticationResultMetadata">How it was acquired.</param>
    /// <param name="claimsPrincipal">The user's claims.</param>
    /// <param name="spaAuthCode">A code for the browser.</param>
    /// <param name="additionalResponseParameters">What else the endpoint answered.</param>
    public AuthenticationResult(
        string accessToken,
        bool isExtendedLifeTimeToken,
        string uniqueId,
        DateTimeOffset expiresOn,
        DateTimeOffset extendedExpiresOn,
        string tenantId,
        IAccount account,
        string idToken,
        IEnumerable<string> scopes,
        Guid correlationId,
        string tokenType = "Bearer",
        AuthenticationResultMetadata authenticationResultMetadata = null,
        ClaimsPrincipal claimsPrincipal = null,
        string spaAuthCode = null,
        IReadOnlyDictionary<string, string> additionalResponseParameters = null) => _facts = new ResultFacts
        {
            AccessToken = accessToken,
            IsExtendedLifeTimeToken = isExtendedLifeTimeToken,
            UniqueId = uniqueId,
            ExpiresOn = expiresOn,
            ExtendedExpiresOn = extendedExpiresOn,
            TenantId = tenantId,
            Account = account,
            IdToken = idToken,
            Scopes = scopes,
            CorrelationId = correlationId,
            TokenType = tokenType,
            Metadata = authenticationResultMetadata,
            ClaimsPrincipal = claimsPrincipal,
            SpaAuthCode = spaAuthCode,
            AdditionalResponseParameters = additionalResponseParameters,
        };

    /// <summary>Makes a result by hand.</summary>
    /// <inheritdoc cref="AuthenticationResult(string, bool, string, DateTimeOffset, DateTimeOffset, string, IAccount, string, IEnumerable{string}, Guid, string, AuthenticationResultMetadata, ClaimsPrincipal, string, IReadOnlyDictionary{string, string})" path="/param"/>
    public AuthenticationResult(
        string accessToken,
        bool isExtendedLifeTimeToken,
        string uniqueId,
        DateTimeOffset expiresOn,
        DateTimeOffset extendedExpiresOn,
        string tenantId,
        IAccount account,
        string idToken,
        IEnumerable<string> scopes,
        Guid correlationId,
        AuthenticationResultMetadata authenticationResultMetadata,
        string tokenType = "Bearer")
        : this(
            accessToken, isExtendedLifeTimeToken, uniqueId, expiresOn, extendedExpiresOn, tenantId, account, idToken, scopes, correlationId, tokenType, authenticationResultMetadata)
    {
    }

    internal AuthenticationResult(ResultFacts facts) => _facts = facts;

    /// <summary>The token's text. Opaque: do not read meaning into it.</summary>
    public string AccessToken { get => _facts.AccessToken; set => Own().AccessToken = value; }

    /// <summary>Whether the token is served beyond its expiry; never so for managed identities.</summary>
    [Obsolete("Tokens are not served beyond their expiry.")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool IsExtendedLifeTimeToken => _facts.IsExtendedLifeTimeToken;

    /// <summary>The user's id; null for managed identities.</summary>
    public string UniqueId { get => _facts.UniqueId; set => Own().UniqueId = value; }

    /// <summary>When the token expires (UTC).</summary>
    public DateTimeOffset ExpiresOn { get => _facts.ExpiresOn; set => Own().ExpiresOn = value; }

    /// <summary>When the token expires at last (UTC); unset for managed identities.</summary>
    [Obsolete("Tokens are not served beyond their expiry.")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DateTimeOffset ExtendedExpiresOn => _facts.ExtendedExpiresOn;

    /// <summary>The tenant; the word <c>managed_identity</c> for managed identities, whose tenant only the token knows.</summary>
    public string TenantId { get => _facts.TenantId; set => Own().TenantId = value; }

    /// <summary>The user's account; null for managed identities.</summary>
    public IAccount Account { get => _facts.Account; set => Own().Account = value; }

    /// <summary>The user's id token; null for managed identities.</summary>
    public string IdToken { get => _facts.IdToken; set => Own().IdToken = value; }

    /// <summary>What the token is for: the resource, without <c>/.default</c>.</summary>
    public IEnumerable<string> Scopes { get => _facts.Scopes; set => Own().Scopes = value; }

    /// <summary>The id that the request was given or, without one, that of the acquisition that brought the token.</summary>
    public Guid CorrelationId { get => _facts.CorrelationId; set => Own().CorrelationId = value; }

    /// <summary>What to present the token as, normally <c>Bearer</c>.</summary>
    public string TokenType { get => _facts.TokenType; set => Own().TokenType = value; }

    /// <summary>A code for the browser; null for managed identities.</summary>
    public string SpaAuthCode { get => _facts.SpaAuthCode; set => Own().SpaAuthCode = value; }

    /// <summary>The certificate that the token is bound to; null, since this library gets bearer tokens only.</summary>
    public X509Certificate2 BindingCertificate { get => _facts.BindingCertificate; set => Own().BindingCertificate = value; }

    /// <summary>What else the endpoint answered: empty for managed identities, null from the cache.</summary>
    public IReadOnlyDictionary<string, string> AdditionalResponseParameters
    {
        get => _facts.AdditionalResponseParameters;
        set => Own().AdditionalResponseParameters = value;
    }

    /// <summary>The user's claims; null for managed identities.</summary>
    public ClaimsPrincipal ClaimsPrincipal { get => _facts.ClaimsPrincipal; set => Own().ClaimsPrincipal = value; }

    /// <summary>How the token was acquired. The caller may change it, so it is made when it is first asked for.</summary>
    public AuthenticationResultMetadata AuthenticationResultMetadata { get => Own().Metadata; set => Own().Metadata = value; }

    /// <summary>The value of an <c>Authorization</c> header.</summary>
    public string CreateAuthorizationHeader() => $"{TokenType} {AccessToken}";

    private ResultFacts Own() => _facts.IsShared ? _facts = _facts.Copy() : _facts;
}
