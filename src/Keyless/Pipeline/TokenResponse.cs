namespace Keyless.Pipeline;

/// <summary>The members of a success body that matter. Numbers are kept as the text they came as.</summary>
internal readonly record struct TokenResponse
{
    public string? AccessToken { get; init; }

    public string? TokenType { get; init; }

    public string? ExpiresOn { get; init; }

    public string? ExpiresIn { get; init; }

    public string? RefreshIn { get; init; }

    public string? ClientId { get; init; }

    public string? ObjectId { get; init; }

    /// <summary><c>msi_res_id</c> or <c>mi_res_id</c>.</summary>
    public string? ResourceId { get; init; }

    // The generated text would hold the token.
    public override string ToString() => $"{TokenType} token (text hidden)";
}
