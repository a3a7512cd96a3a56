using Keyless.Caching;

namespace Keyless.Acquisition;

/// <summary>A request, checked and complete.</summary>
internal readonly struct AcquisitionRequest(string resource, ManagedIdentity identity, AcquisitionTerms terms, Guid? correlationId)
{
    public string Resource { get; } = resource;

    public ManagedIdentity Identity { get; } = identity;

    public AcquisitionTerms Terms { get; init; } = terms;

    public Guid? CorrelationId { get; } = correlationId;
}
