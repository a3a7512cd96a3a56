using System.Globalization;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Safety;

namespace Keyless.Emulator.Hosting;

/// <summary>What happens to every request to one address, however it comes in.</summary>
internal sealed class RequestPipeline(
    IResponder responder, FaultEngine faults, RequestRecorder recorder, EmulatorClock clock, HostNames? names = null)
{
    /// <summary>Says of an answer that its token is a real one, and by whose login.</summary>
    public const string PassthroughHeader = "x-keyless-passthrough";

    /// <summary>The names by which the address is known.</summary>
    public HostNames Names { get; } = names ?? HostNames.OwnOnly;

    /// <summary>What goes wrong at this address.</summary>
    public FaultEngine Faults => faults;

    /// <summary>A pipeline in which nothing goes wrong and that nobody writes down.</summary>
    public static RequestPipeline Unwatched(string name, IResponder responder, EmulatorClock clock, HostNames? names = null) => new(
        responder,
        new FaultEngine(name, source: null, own: null, new FaultPlan(name, seed: 0, clock), clock),
        new RequestRecorder(name, source: null, new JournalBooks(clock, showSecrets: false)),
        clock,
        names);

    public async ValueTask<EndpointAnswer> ServeAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        var facts = responder.Describe(request);
        var entry = recorder.Begin(request, facts);
        EndpointAnswer? answer = null;
        try
        {
            answer = await AnswerAsync(request, facts, cancellationToken).ConfigureAwait(false);
            if (!answer.Headers.Any(header => header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase)))
                answer = answer.WithHeader("Date", clock.ToldNow.ToString("R", CultureInfo.InvariantCulture));
            return answer;
        }
        finally
        {
            recorder.End(entry, answer);
        }
    }

    private ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, RequestFacts facts, CancellationToken cancellationToken) =>
        Names.Mean(request.BaseAddress, request.Headers.Host.ToString())
            ? RespondAsync(request, facts, cancellationToken)
            : new(OAuthError.Of(
                421,
                "misdirected_request",
                $"This is {request.BaseAddress.Authority}; the Host header names another. A name that is meant belongs among the allowed hosts."));

    private async ValueTask<EndpointAnswer> RespondAsync(EndpointRequest request, RequestFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await faults.AnswerAsync(responder, request, facts, cancellationToken).ConfigureAwait(false);
            return answer.Token?.PassedThroughFrom is { } command ? answer.WithHeader(PassthroughHeader, command) : answer;
        }
        catch (PassthroughException e)
        {
            return responder.Refuse(e.Status, PassthroughException.Code, e.Message);
        }
    }
}
