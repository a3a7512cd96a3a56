using Keyless.Caching;
using Microsoft.Extensions.Logging;

namespace Keyless.Pipeline;

/// <summary>What every acquisition of one client has in common.</summary>
internal sealed class PipelineSettings
{
    public required TimeProvider Time { get; init; }

    public required Func<double> Random { get; init; }

    public required ILogger Logger { get; init; }

    public required EndpointTransport Transport { get; init; }

    public required EndpointGates Gates { get; init; }

    public required TimeLimits Limits { get; init; }

    public required TimeSpan ExpirySkew { get; init; }

    public required bool VerifyIdentity { get; init; }

    public bool Retries { get; init; } = true;
}
