namespace Keyless.Sources;

/// <summary>A source whose endpoint answers the first request with a challenge.</summary>
internal interface IChallengedSource
{
    /// <summary>Reads what the challenge asks for. Blocks on the file system.</summary>
    /// <param name="challenges">The <c>WWW-Authenticate</c> values of the answer, as received.</param>
    /// <param name="connection">The connection the challenge came on.</param>
    /// <exception cref="ManagedIdentityException">The challenge can't be understood, or is not to be trusted.</exception>
    Secret ReadKey(IReadOnlyList<string> challenges, SourceConnection connection);

    /// <summary>The request that answers the challenge.</summary>
    EndpointRequest Answer(EndpointRequest request, Secret key);
}
