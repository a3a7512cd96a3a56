using Keyless.Msal.Calls;
using Keyless.Pipeline;
using Keyless.Sources;

namespace Keyless.Msal.Discovery;

/// <summary>
/// Looks for a source: variables and files first, then IMDS, by a request that it must refuse because a header is missing.
/// </summary>
internal sealed class CapabilityProbe(ApplicationSettings settings)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(3);

    public async Task<ManagedIdentityCapabilities> RunAsync(ManagedIdentityCapabilitiesOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var detected = SourceDetection.Detect(settings.Machine);
        if (detected.Source != SourceKind.Imds)
            return new ManagedIdentityCapabilities(SourceNames.Of(detected.Source), errorReason: null);

        try
        {
            return await AskImdsAsync(options?.CapabilityDiscoveryTimeout ?? DefaultTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (ManagedIdentityException e)
        {
            return Nothing(e.Failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Nothing("IMDS did not answer in time.");
        }
    }

    private async Task<ManagedIdentityCapabilities> AskImdsAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var source = new ImdsSource();
        var connection = source.Connect(settings.Machine, []);
        var request = EndpointRequest.Get(
            connection, [("x-ms-client-request-id", Guid.NewGuid().ToString("D"))], ("api-version", "2018-02-01"));

        var transport = new EndpointTransport(settings.CreateHandler(), pinnedHandlerFactory: null);
        var asking = transport.SendAsync(async: true, request, connection, timeout, new TimeBudget(settings.Time, timeout));
        var sending = await asking.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        using var answer = sending.Answer;
        return answer switch
        {
            null => Nothing($"Nothing answers at {connection.Address} ({EndpointAttempt.WhyUnreachable(sending.Cause)})."),
            { Status: 400 } => new ManagedIdentityCapabilities(ManagedIdentitySource.Imds, errorReason: null),
            { Status: var status } => Nothing($"What answers at {connection.Address} is not IMDS: status {status} to a request that IMDS refuses with 400."),
        };
    }

    private static ManagedIdentityCapabilities Nothing(string reason) =>
        new(ManagedIdentitySource.None, $"This machine has no managed identity: no variable and no file announces an endpoint. {reason}");
}
