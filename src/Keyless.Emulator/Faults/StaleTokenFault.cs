using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>The token that the platform has, as long as it lives: as if nothing had changed and nobody had refused it.</summary>
internal sealed record StaleTokenFault : Fault
{
    public const string Name = "stale-token";

    public override string Kind => Name;

    public static StaleTokenFault Read(FaultReader json)
    {
        _ = json;
        return new StaleTokenFault();
    }

    internal override bool Suits(Leg leg) => leg == Leg.Token;

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken) =>
        (context with { Request = context.Request with { TakesStaleToken = true } }).AnswerAsync(cancellationToken);

    internal override void WriteParameters(Utf8JsonWriter json)
    {
    }
}
