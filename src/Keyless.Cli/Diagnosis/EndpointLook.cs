namespace Keyless.Cli.Diagnosis;

/// <summary>What was seen of an endpoint without asking it for a token.</summary>
internal sealed record EndpointLook
{
    /// <summary>Why nothing was seen. Null: something answers there.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether a request was sent, and not only a connection made.</summary>
    public bool WasAsked { get; init; }

    /// <summary>What time it is for the endpoint. Null: it has not said.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The certificate that it shows: SHA-1 and SHA-256. Empty: it speaks plain http.</summary>
    public IReadOnlyList<string> Thumbprints { get; init; } = [];
}
