using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Faults;

/// <summary>A token that is not the one that was asked for.</summary>
internal sealed record TokenFault(TokenChange Change) : Fault
{
    public const string Name = "token";

    public override string Kind => Name;

    public static TokenFault Read(FaultReader json) => new(new TokenChange
    {
        Lifetime = json.OptionalTime("lifetime"),
        NotBefore = json.OptionalTime("notBefore"),
        Audience = json.OptionalText("audience"),
        Identity = json.OptionalText("identity"),
        Flaw = json.OptionalOneOf<TokenFlaw>("flaw"),
        Claims = json.OptionalClaims("claims"),
    });

    internal override bool Suits(Leg leg) => leg is Leg.Token or Leg.Entra;

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken) =>
        (context with { Request = context.Request with { TokenChange = Change } }).AnswerAsync(cancellationToken);

    internal override void WriteParameters(Utf8JsonWriter json)
    {
        FaultJson.WriteOptional(json, "lifetime", Change.Lifetime is { } lifetime ? Duration.Text(lifetime) : null);
        FaultJson.WriteOptional(json, "notBefore", Change.NotBefore is { } notBefore ? Duration.Text(notBefore) : null);
        FaultJson.WriteOptional(json, "audience", Change.Audience);
        FaultJson.WriteOptional(json, "identity", Change.Identity);
        FaultJson.WriteOptional(json, "flaw", Change.Flaw is { } flaw ? KebabCase.Of(flaw) : null);
        if (Change.Claims.Count == 0)
            return;

        json.WriteStartObject("claims");
        foreach (var (name, value) in Change.Claims)
        {
            json.WritePropertyName(name);
            if (value is null)
                json.WriteNullValue();
            else
                value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
