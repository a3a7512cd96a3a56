namespace Keyless.Sources;

/// <summary>
/// One kind of endpoint: when it is present, where it is, and what its request looks like. It knows nothing of retries,
/// caches or answers. Stateless: what a machine says is passed in each time.
/// </summary>
internal abstract class TokenSource
{
    public const int UsualConnections = 32;

    public abstract SourceKind Kind { get; }

    /// <summary>The rules that find it; one suffices.</summary>
    public abstract IReadOnlyList<DetectionRule> Rules { get; }

    /// <summary>How many requests may be under way to its endpoint at once: as many resources as a large service needs at its start.</summary>
    public virtual int MostConnections => UsualConnections;

    /// <summary>Reads where the endpoint is and how to be let in.</summary>
    /// <exception cref="ManagedIdentityException">A variable is missing or unusable.</exception>
    public abstract SourceConnection Connect(MachineEnvironment environment, IReadOnlyList<string> plainHttpHosts);

    /// <summary>Describes the request.</summary>
    /// <exception cref="ManagedIdentityException">The source can't be asked for this identity.</exception>
    public abstract EndpointRequest Describe(SourceConnection connection, TokenQuery query);

    protected ManagedIdentityException Refuse(FailureKind kind, TokenQuery query, string message, string nextStep) =>
        new(new TokenFailure(kind, message) { Source = Kind, Identity = query.Identity, Resource = query.Resource, NextStep = nextStep });
}
