namespace Keyless.Pipeline;

/// <summary>The members of a success body that matter. Numbers are kept as the text they came as.</summary>
internal record struct TokenResponse
{
    public string? AccessToken { get; set; }

    public string? TokenType { get; set; }

    public string? ExpiresOn { get; set; }

    public string? ExpiresIn { get; set; }

    public string? RefreshIn { get; set; }

    public string? ClientId { get; set; }

    public string? ObjectId { get; set; }

    /// <summary><c>msi_res_id</c> or <c>mi_res_id</c>.</summary>
    public string? ResourceId { get; set; }

    // The generated text would hold the token.
    public override string ToString() => $"{TokenType} token (text hidden)";
}
