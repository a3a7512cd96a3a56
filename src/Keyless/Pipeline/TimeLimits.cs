namespace Keyless.Pipeline;

/// <summary>How much time an acquisition has. A limit that the user set holds always; ours depend on what is known of the endpoint.</summary>
internal sealed class TimeLimits(TimeSpan? chosen, TimeSpan attempt)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    // Long enough for a metadata service to answer, short enough for a machine that has none.
    private static readonly TimeSpan BeforeProof = TimeSpan.FromSeconds(3);

    // IMDS is back within 70 seconds of the first 410; the retries for it take a little longer.
    private static readonly TimeSpan DuringUpdate = TimeSpan.FromSeconds(100);

    public TimeSpan Attempt { get; } = attempt;

    /// <summary>The longest that any acquisition may last.</summary>
    public TimeSpan Longest => chosen ?? DuringUpdate;

    public TimeSpan Initially(bool announced) => chosen ?? (announced ? Usual : BeforeProof);

    /// <summary>Once something that behaves like an endpoint has answered.</summary>
    public TimeSpan OnceProven => chosen ?? Usual;

    /// <summary>Once IMDS has said that it is being updated.</summary>
    public TimeSpan OnceUpdating => chosen ?? DuringUpdate;
}
