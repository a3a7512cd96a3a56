namespace Keyless.Emulator;

/// <summary>Gets real tokens for one emulator.</summary>
public interface IPassthroughTokens : IAsyncDisposable
{
    /// <summary>Where the login is that the tokens are of, such as <c>az</c>; answers name it.</summary>
    string Login { get; }

    /// <summary>Gets a token. It may be asked from any thread, and by many at once.</summary>
    /// <param name="resource">One of <see cref="IPassthrough.Resources"/>, as it is written there.</param>
    /// <param name="cancellationToken">The caller's; others may wait for the same token.</param>
    /// <exception cref="PassthroughException">There is none; the text says what to do.</exception>
    ValueTask<PassthroughToken> GetTokenAsync(string resource, CancellationToken cancellationToken);
}
