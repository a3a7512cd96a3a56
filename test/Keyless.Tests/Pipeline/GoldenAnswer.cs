namespace Keyless.Tests.Pipeline;

/// <summary>An answer as a host gives it, and what must be made of it.</summary>
internal sealed record GoldenAnswer(SourceKind Source, int Status, string Body, FailureKind Kind)
{
    public string ErrorCode { get; init; } = "managed_identity_request_failed";

    /// <summary>The host's own code.</summary>
    public string? Code { get; init; }

    /// <summary>The host's own text.</summary>
    public string? Says { get; init; }

    /// <summary>The host's correlation id.</summary>
    public string? Id { get; init; }
}
