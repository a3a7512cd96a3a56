namespace Keyless.Emulator;

/// <summary>A federated identity credential: whose tokens an application accepts in place of a secret of its own.</summary>
public sealed record FederatedCredentialDescription
{
    /// <summary>The audience of tokens that are meant to be exchanged.</summary>
    public const string DefaultAudience = "api://AzureADTokenExchange";

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The managed identity whose tokens are accepted: sets <see cref="Issuer"/> and <see cref="Subject"/>.</summary>
    /// <value>Default: null. The issuer and the subject are given instead.</value>
    public string? Identity { get; init; }

    /// <summary>The <c>iss</c> that a token must have.</summary>
    /// <value>Default: null, the application's own tenant.</value>
    public string? Issuer { get; init; }

    /// <summary>The <c>sub</c> that a token must have; of a managed identity, its object id.</summary>
    /// <value>Default: null. <see cref="Identity"/> is given instead.</value>
    public string? Subject { get; init; }

    /// <summary>The <c>aud</c> that a token must have.</summary>
    /// <value>Default: <see cref="DefaultAudience"/>.</value>
    public string Audience { get; init; } = DefaultAudience;
}
