using System.Collections.Immutable;

namespace Keyless.Msal.Calls;

/// <summary>What is special about a request.</summary>
internal sealed class RequestDetails
{
    public Guid? CorrelationId { get; set; }

    public bool ForceRefresh { get; set; }

    public string? Claims { get; set; }

    /// <summary>The keys of the cache's partition; null for the ordinary one.</summary>
    public ImmutableSortedDictionary<string, string>? Partition { get; private set; }

    public bool IsPlain => CorrelationId is null && !ForceRefresh && string.IsNullOrEmpty(Claims);

    public void PartitionBy(string key, string value) =>
        Partition = (Partition ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).SetItem(key, value);

    // A forced refresh wins over claims, as it does in MSAL.NET.
    public TokenRequest For(string resource) => new(resource)
    {
        ForceRefresh = ForceRefresh,
        Claims = ForceRefresh || string.IsNullOrEmpty(Claims) ? null : Claims,
        CorrelationId = CorrelationId,
    };
}
