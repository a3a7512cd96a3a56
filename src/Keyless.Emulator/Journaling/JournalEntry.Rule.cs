using System.Globalization;
using System.Text.Json;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Journaling;

/// <content>What was answered once, as a rule that answers so again.</content>
public sealed partial class JournalEntry
{
    /// <summary>
    /// Makes a rule of it: the requests that are like this one (host, leg, resource, identity, method) get an answer like this one.
    /// </summary>
    /// <remarks>
    /// A fault that had a hand in the answer has it again. Otherwise an error is repeated with its status, body and <c>Retry-After</c>, and a
    /// success is left to the host, which hands out a token of its own: no token and no secret is ever in a rule.
    /// </remarks>
    /// <exception cref="EmulatorException">The request is still being answered.</exception>
    public FaultRule ToFaultRule() => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"request-{Number}"),
        Match = new FaultMatch
        {
            Host = Host,
            Leg = Leg,
            Identity = Identity?.Name,
            Resource = Resource,
            Method = Method,
        },
        Fault = ToFault(),
    };

    /// <summary>The fault that gives its answer again.</summary>
    internal Fault ToFault()
    {
        if (!IsEnded)
            throw new EmulatorException($"Request {Number} is still being answered. Its rule can be made once there is an answer.");

        return new RecordedAnswer
        {
            Leg = Leg,
            Status = Status,
            Time = Time,
            Headers = AnswerHeaders,
            ContentType = AnswerType,
            Body = AnswerBody,
            Cause = CauseRead(),
        }.ToFault();
    }

    private Fault? CauseRead()
    {
        if (Cause is null)
            return null;
        using var json = JsonDocument.Parse(Cause);
        return FaultJson.Read(json.RootElement, "cause");
    }
}
