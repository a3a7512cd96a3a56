namespace Keyless.Caching;

/// <summary>One acquisition from an endpoint, ready to be run by whoever finds that no other is under way.</summary>
internal abstract class TokenFetch
{
    /// <summary>Asks the endpoint. Failures of the protocol are values; only a defect throws.</summary>
    /// <param name="async">Whether to await. If not, the returned task is complete.</param>
    /// <param name="reason">Why the endpoint is asked.</param>
    /// <param name="rejectedToken">The token that the host must not hand out again. Null: none.</param>
    public abstract ValueTask<FetchResult> RunAsync(bool async, AcquisitionReason reason, string? rejectedToken);
}
