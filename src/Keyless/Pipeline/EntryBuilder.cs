using Keyless.Caching;
using Keyless.Diagnostics;
using Keyless.Sources;

namespace Keyless.Pipeline;

/// <summary>Turns a success body into a cache entry, if its expiry makes sense and its identity is the right one.</summary>
internal readonly struct EntryBuilder(PipelineSettings settings)
{
    // Managed identity tokens live a day at most; an hour is left for clocks that differ.
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(25);

    public TokenEntry? Build(TokenResponse response, SourceConnection connection, TokenQuery query, TimeSpan acquiredIn, Secret? key, out TokenFailure? failure)
    {
        failure = null;
        var now = settings.Time.GetUtcNow();
        if (Expiry.Read(response.ExpiresOn, response.ExpiresIn, now) is not { } expiresOn)
        {
            failure = Unreadable(response, connection.Secret, key, new Secret(response.AccessToken!));
            return null;
        }

        var lifetime = expiresOn - now;
        if (lifetime <= TimeSpan.Zero)
        {
            failure = new TokenFailure(
                FailureKind.TokenExpired,
                FormattableString.Invariant($"The token that the host handed out expired at {expiresOn.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z; this machine's clock says {now.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z."));
            return null;
        }

        failure = Verify(response, connection, query);
        if (failure is not null)
            return null;

        if (lifetime > LongestLife)
        {
            Log.LifetimeClamped(settings.Logger, connection.Kind, query.Resource, lifetime, LongestLife);
            lifetime = LongestLife;
            expiresOn = now + lifetime;
        }

        var servedUntil = RefreshSchedule.ServedUntil(expiresOn, lifetime, settings.ExpirySkew);
        var refreshOn = RefreshSchedule.RefreshOn(now, lifetime, Expiry.ReadDuration(response.RefreshIn), settings.Random());
        return new TokenEntry(response.AccessToken!, TypeOf(response))
        {
            ExpiresOn = expiresOn,

            // A host may name a time at which the token is not handed out any more.
            RefreshOn = refreshOn < servedUntil ? refreshOn : servedUntil,
            ServedUntil = servedUntil,
            Resource = query.Resource,
            Source = connection.Kind,
            Endpoint = connection.Location,
            AcquiredIn = acquiredIn,
            CorrelationId = query.CorrelationId,
        };
    }

    private TokenFailure? Verify(TokenResponse response, SourceConnection connection, TokenQuery query)
    {
        if (settings.VerifyIdentity)
            return IdentityVerifier.Verify(query.Identity, connection, response);
        Log.NotVerified(settings.Logger, connection.Kind);
        return null;
    }

    // "bearer" is seen too; the scheme is written as people expect it.
    private static string TypeOf(TokenResponse response) =>
        string.IsNullOrWhiteSpace(response.TokenType) || response.TokenType.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? "Bearer"
        : response.TokenType.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? response.TokenType
        : "Bearer";

    private static TokenFailure Unreadable(TokenResponse response, params ReadOnlySpan<Secret?> secrets)
    {
        var given = response.ExpiresOn ?? response.ExpiresIn;
        return given is null
            ? new TokenFailure(FailureKind.InvalidExpiry, "The token came without expires_on and expires_in.") { ErrorCode = "managed_identity_request_failed" }
            : new TokenFailure(FailureKind.InvalidExpiry, $"The token's expiry is in no known form: '{Redaction.Clean(given, secrets)}'.");
    }
}
