namespace Keyless;

/// <summary>Something that hands out tokens. Take this in your own code where you want to fake or decorate <see cref="ManagedIdentityClient"/>.</summary>
public interface ITokenProvider
{
    /// <summary>Gets a token, from the cache if it can.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends this call's waiting. A call that can be answered from the cache is answered even if it is already cancelled.</param>
    /// <returns>The token. Await the value once.</returns>
    /// <exception cref="ManagedIdentityException">No token could be had; the exception says why and what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<AccessToken> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken = default);
}
