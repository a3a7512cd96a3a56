using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Faults;

/// <summary>A request, as rules look at it.</summary>
/// <param name="Host">The host's name; <see cref="FaultMatch.Authority"/> for the authority.</param>
/// <param name="Source">The host's platform. Null: the authority.</param>
/// <param name="Request">The request.</param>
/// <param name="Facts">What can be said of it.</param>
/// <param name="Attempt">The how manieth of its like it is since the last success.</param>
internal sealed record FaultOccasion(string Host, SourceKind? Source, EndpointRequest Request, RequestFacts Facts, int Attempt);
