namespace Keyless.Sources;

/// <summary>What a source is to describe a request for.</summary>
internal sealed record TokenQuery(ManagedIdentity Identity, string Resource)
{
    public Guid CorrelationId { get; init; }

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>The SHA-256 of the token that a resource rejected, in lower-case hexadecimal.</summary>
    public string? RejectedTokenHash { get; init; }
}
