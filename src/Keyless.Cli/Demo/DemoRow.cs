namespace Keyless.Cli.Demo;

/// <summary>What came of one stage of the demo.</summary>
internal sealed record DemoRow(SourceKind Source, string Identity, string Resource)
{
    /// <summary>Whether the token's signature and claims were verified; null where there is no token.</summary>
    public bool? Verified { get; init; }

    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>How long it took to get the token from the endpoint.</summary>
    public TimeSpan? FirstCall { get; init; }

    /// <summary>How long it takes to get the token from the client's cache.</summary>
    public double? HitNanoseconds { get; init; }

    /// <summary>Why there is no token, or none that can be trusted, and what to do.</summary>
    public string? Problem { get; init; }
}
