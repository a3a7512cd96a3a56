namespace Keyless.Caching;

/// <summary>What a caller will take for an answer.</summary>
/// <param name="Force">Whether only the endpoint's answer will do.</param>
/// <param name="AfterClaims">Whether a resource has challenged the caller.</param>
/// <param name="RejectedToken">The token that the resource rejected, if the caller named it.</param>
internal readonly record struct AcquisitionTerms(bool Force, bool AfterClaims, string? RejectedToken)
{
    public bool IsPlain => !Force && !AfterClaims && RejectedToken is null;

    // The generated text would hold the token.
    public override string ToString() => IsPlain ? "plain" : $"force {Force}, after claims {AfterClaims}, rejected token {(RejectedToken is null ? "none" : "hidden")}";
}
