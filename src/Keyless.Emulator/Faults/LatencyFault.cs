using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>The host's own answer, late.</summary>
internal sealed record LatencyFault : Fault
{
    public const string Name = "latency";

    public override string Kind => Name;

    internal override bool LeavesAnswerAlone => true;

    public static LatencyFault Read(FaultReader json)
    {
        json.Require("delay");
        return new LatencyFault();
    }

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken) =>
        context.AnswerAsync(cancellationToken);

    internal override void WriteParameters(Utf8JsonWriter json)
    {
    }
}
