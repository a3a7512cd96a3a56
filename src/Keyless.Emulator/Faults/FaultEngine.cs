using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Faults;

/// <summary>Lets go wrong what the plans of one host, or of the authority, say.</summary>
/// <param name="name">The host's name.</param>
/// <param name="source">The host's platform. Null: the authority.</param>
/// <param name="own">The host's plan. Null: it has none.</param>
/// <param name="shared">The plan for all hosts.</param>
/// <param name="clock">The emulator's clock.</param>
internal sealed class FaultEngine(string name, SourceKind? source, FaultPlan? own, FaultPlan shared, EmulatorClock clock)
{
    private readonly AttemptCounter _attempts = new();

    public EmulatorClock Clock => clock;

    /// <summary>Limits the token requests. Null: nothing does.</summary>
    public RateLimiter? Limiter { get; init; }

    /// <summary>Whether requests may ask for their own faults.</summary>
    public bool TakesHeader { get; init; }

    /// <summary>Answers a request, with whatever goes wrong.</summary>
    public async ValueTask<EndpointAnswer> AnswerAsync(
        IResponder responder, EndpointRequest request, RequestFacts facts, CancellationToken cancellationToken)
    {
        var context = new FaultContext(responder, request, facts, source, clock);
        if (Limiter is null || facts.Leg != Leg.Token)
            return await AnswerAsync(context, cancellationToken).ConfigureAwait(false);
        if (!Limiter.TryEnter())
        {
            return responder.Refuse(429, StatusTexts.CodeOf(429), StatusTexts.TextOf(429)) with { Fault = RateLimiter.FaultName };
        }

        try
        {
            return await AnswerAsync(context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Limiter.Leave();
        }
    }

    /// <summary>What happens to a new connection. Null: nothing.</summary>
    public Fault? ForConnection() => own?.TakeForConnection(name, source) ?? shared.TakeForConnection(name, source);

    private async ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken)
    {
        List<FiredFault> fired;
        try
        {
            fired = Choose(new FaultOccasion(name, source, context.Request, context.Facts, _attempts.Begin(context.Facts)));
        }
        catch (EmulatorException exception)
        {
            return context.Responder.Refuse(400, StatusTexts.CodeOf(400), exception.Message);
        }

        var waited = TimeSpan.Zero;
        foreach (var fault in fired)
        {
            if (fault.Delay is not { } delay || delay <= TimeSpan.Zero)
                continue;
            await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            waited += delay;
        }

        var answer = fired is [.., var last]
            ? await last.Fault.AnswerAsync(context, cancellationToken).ConfigureAwait(false)
            : await context.AnswerAsync(cancellationToken).ConfigureAwait(false);
        if (answer is { Status: 200, Delivery: null })
            _attempts.Succeed(context.Facts);
        return fired is not [.., var cause] ? answer : answer with
        {
            Fault = string.Join(", ", fired.Select(fault => fault.Name)),
            Cause = cause.Fault,
            Delay = waited,
        };
    }

    private List<FiredFault> Choose(FaultOccasion occasion)
    {
        if (TakesHeader && FaultHeader.Find(occasion.Request) is { } asked)
            return [new FiredFault(asked.Kind, asked, asked.Delay?.Draw(shared.Random))];

        foreach (var plan in Plans())
        {
            if (plan.TakeQueued(occasion) is { } queued)
                return [new FiredFault(queued.Kind, queued, queued.Delay?.Draw(plan.Random))];
        }

        var fired = new List<FiredFault>();
        foreach (var plan in Plans())
        {
            fired.AddRange(plan.Fire(occasion));
            if (fired is [.., { Fault.LeavesAnswerAlone: false }])
                break;
        }

        return fired;
    }

    private FaultPlan[] Plans() => own is null ? [shared] : [own, shared];
}
