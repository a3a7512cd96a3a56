using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Faults;

/// <summary>What a fault has to work with.</summary>
/// <param name="Responder">Answers as if nothing were wrong, and refuses in the host's dialect.</param>
/// <param name="Request">The request.</param>
/// <param name="Facts">What can be said of the request.</param>
/// <param name="Source">The host's platform. Null: the authority.</param>
/// <param name="Clock">The emulator's clock.</param>
internal sealed record FaultContext(
    IResponder Responder, EndpointRequest Request, RequestFacts Facts, SourceKind? Source, EmulatorClock Clock)
{
    /// <summary>The answer that there would be without the fault.</summary>
    public ValueTask<EndpointAnswer> AnswerAsync(CancellationToken cancellationToken) =>
        Responder.AnswerAsync(Request, cancellationToken);
}
