namespace Keyless.Emulator.Tokens;

/// <summary>The issuer of each tenant, in both forms of token.</summary>
internal sealed class Issuers(IssuerProfile profile)
{
    /// <summary>Where the authority is reached, with a final slash. Known once its port is.</summary>
    public Uri BaseAddress { get; set; } = new("http://127.0.0.1/");

    /// <summary>Where a tenant's documents are, with a final slash.</summary>
    public Uri AuthorityOf(Guid tenantId) => new(BaseAddress, $"{tenantId}/");

    /// <summary>The <c>iss</c> of v1 tokens, with its final slash.</summary>
    public string V1(Guid tenantId) => profile == IssuerProfile.Entra
        ? $"https://sts.windows.net/{tenantId}/"
        : AuthorityOf(tenantId).AbsoluteUri;

    /// <summary>The <c>iss</c> of v2 tokens, without a final slash.</summary>
    public string V2(Guid tenantId) => profile == IssuerProfile.Entra
        ? $"https://login.microsoftonline.com/{tenantId}/v2.0"
        : $"{AuthorityOf(tenantId).AbsoluteUri}v2.0";
}
