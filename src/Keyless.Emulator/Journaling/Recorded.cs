using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Journaling;

/// <summary>What is kept of a request as it comes in: references, since most entries are never read.</summary>
internal sealed record Recorded(
    long Number,
    DateTimeOffset Time,
    DateTimeOffset RealTime,
    long Timestamp,
    string Host,
    SourceKind? Source,
    EndpointRequest Request,
    int RequestLength,
    RequestFacts Facts,
    Redaction Redaction);

/// <summary>What is kept of how a request ended.</summary>
/// <param name="Answer">The answer. Null: the client went away.</param>
/// <param name="Duration">How long it took by the emulator's clock.</param>
/// <param name="Timestamp">When that was, in ticks of the machine's clock.</param>
internal sealed record Ending(EndpointAnswer? Answer, TimeSpan Duration, long Timestamp);
