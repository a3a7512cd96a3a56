using Keyless.Acquisition;
using Keyless.Msal.Errors;

namespace Keyless.Msal.Calls;

/// <summary>
/// The tokens of one resource as results. A hit costs the request, its task and a result that shares its facts: 128 bytes.
/// </summary>
internal sealed class ResourceHandle(ManagedIdentityClient client, ApplicationSettings settings, string given)
{
    private readonly ResourceTokens _tokens = client.ForResource(given);
    private ResultFacts? _hit;

    public string Given { get; } = given;

    public Task<AuthenticationResult> AcquireAsync(RequestDetails? details, CancellationToken cancellationToken)
    {
        if (details?.Partition is { } partition && !ReferenceEquals(partition, settings.Partition))
            return new TokenClient(settings.With(partition)).Find(Given).AcquireAsync(details, cancellationToken);

        var start = settings.Time.GetTimestamp();
        if (details is not null && !details.IsPlain)
            return AwaitAsync(client.GetTokenAsync(details.For(Given), cancellationToken), details, start, cancellationToken);

        var pending = _tokens.GetTokenAsync(cancellationToken);
        if (!pending.IsCompletedSuccessfully)
            return AwaitAsync(pending, details, start, cancellationToken);

        var token = Blocking.Result(pending);
        return token.Origin == TokenOrigin.Cache
            ? Task.FromResult(new AuthenticationResult(HitOf(token)))
            : AwaitAsync(new ValueTask<AccessToken>(token), details, start, cancellationToken);
    }

    private ResultFacts HitOf(AccessToken token)
    {
        var hit = Volatile.Read(ref _hit);
        if (hit is null || !hit.IsOf(token))
            Volatile.Write(ref _hit, hit = ResultFacts.Of(token, settings.Cache, TimeSpan.Zero));
        return hit;
    }

    private async Task<AuthenticationResult> AwaitAsync(
        ValueTask<AccessToken> pending, RequestDetails? details, long start, CancellationToken cancellationToken)
    {
        try
        {
            var token = await pending.ConfigureAwait(false);
            return new AuthenticationResult(ResultFacts.Of(token, settings.Cache, settings.Time.GetElapsedTime(start), details?.CorrelationId));
        }
        catch (OperationCanceledException e) when (e is not TaskCanceledException && cancellationToken.IsCancellationRequested)
        {
            // The type that MSAL.NET's callers catch.
            throw new TaskCanceledException(e.Message, e, cancellationToken);
        }
        catch (ManagedIdentityException e)
        {
            throw ErrorMapping.ToException(e.Failure, details?.CorrelationId, settings.Time.GetElapsedTime(start));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What the application's own HTTP client throws beyond the ordinary.
            throw ErrorMapping.Unexpected(e, details?.CorrelationId);
        }
    }
}
