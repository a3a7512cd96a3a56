using System.Globalization;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;
using Microsoft.AspNetCore.Http;

namespace Keyless.Emulator.Hosting;

/// <summary>What happens to every request to one address, however it comes in.</summary>
internal sealed class RequestPipeline(IResponder responder, FaultEngine faults, RequestRecorder recorder, EmulatorClock clock)
{
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
        IsMeantFor(request.BaseAddress, new HostString(request.Headers.Host.ToString()))
            ? faults.AnswerAsync(responder, request, facts, cancellationToken)
            : new(OAuthError.Of(
                421, "misdirected_request", $"This is {request.BaseAddress.Authority}; the Host header names another."));

    // A web page that has made its own name resolve to this machine still sends that name.
    private static bool IsMeantFor(Uri baseAddress, HostString host) =>
        Uri.TryCreate($"{baseAddress.Scheme}://{host.Value}", UriKind.Absolute, out var named)
        && named.Port == baseAddress.Port
        && named.UserInfo.Length == 0
        && (string.Equals(named.Host, baseAddress.Host, StringComparison.OrdinalIgnoreCase)
            || (baseAddress.IsLoopback && string.Equals(named.Host, "localhost", StringComparison.OrdinalIgnoreCase)));
}
