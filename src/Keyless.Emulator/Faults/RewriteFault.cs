using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>The host's own success, changed on its way. What it refuses stays as it is.</summary>
internal abstract record RewriteFault : Fault
{
    internal sealed override async ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var answer = await context.AnswerAsync(cancellationToken).ConfigureAwait(false);
        return answer.Status == 200 ? Rewrite(answer, context) : answer;
    }

    private protected abstract EndpointAnswer Rewrite(EndpointAnswer answer, FaultContext context);
}
