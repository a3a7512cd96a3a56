using Keyless.Caching;

namespace Keyless.Acquisition;

/// <summary>A request, checked and complete.</summary>
internal readonly record struct AcquisitionRequest(string Resource, ManagedIdentity Identity, AcquisitionTerms Terms, Guid? CorrelationId);
