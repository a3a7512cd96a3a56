using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Tokens;

/// <summary>A token and what is known about it, for programs. Times are UTC.</summary>
internal sealed record TokenJson
{
    public required string Token { get; init; }

    public required string TokenType { get; init; }

    public required string ExpiresOn { get; init; }

    /// <summary>Whole seconds.</summary>
    public required long ExpiresIn { get; init; }

    public required string Resource { get; init; }

    public required string Source { get; init; }

    public required string? Endpoint { get; init; }

    public required IdentityJson Identity { get; init; }

    public required Guid CorrelationId { get; init; }

    public required string Origin { get; init; }

    public static TokenJson Of(AccessToken token, ManagedIdentity identity, DateTimeOffset now) => new()
    {
        Token = token.Token,
        TokenType = token.TokenType,
        ExpiresOn = TimeText.Iso(token.ExpiresOn),
        ExpiresIn = Math.Max((long)(token.ExpiresOn - now).TotalSeconds, 0),
        Resource = token.Resource,
        Source = SourceName.Of(token.Source),
        Endpoint = token.Endpoint?.AbsoluteUri,
        Identity = IdentityJson.Of(identity),
        CorrelationId = token.CorrelationId,
        Origin = OriginName(token.Origin),
    };

    public static string OriginName(TokenOrigin origin) => origin switch
    {
        TokenOrigin.Cache => "cache",
        TokenOrigin.Endpoint => "endpoint",
        TokenOrigin.EndpointUnchanged => "endpoint-unchanged",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "An origin without a name."),
    };
}

/// <summary>The identity that was asked for.</summary>
internal sealed record IdentityJson(string Kind, string? Id)
{
    public static IdentityJson Of(ManagedIdentity identity) => new(
        identity.Kind switch
        {
            ManagedIdentityKind.SystemAssigned => "system-assigned",
            ManagedIdentityKind.ClientId => "client-id",
            ManagedIdentityKind.ObjectId => "object-id",
            ManagedIdentityKind.ResourceId => "resource-id",
            var kind => throw new ArgumentOutOfRangeException(nameof(identity), kind, "A kind of identity without a name."),
        },
        identity.Id);
}
