using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>Nothing: the host's own answer, whatever later rules say.</summary>
internal sealed record PassFault : Fault
{
    public const string Name = "pass";

    public override string Kind => Name;

    public static PassFault Read(FaultReader json) => new();

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken) =>
        context.AnswerAsync(cancellationToken);

    internal override void WriteParameters(Utf8JsonWriter json)
    {
    }
}
