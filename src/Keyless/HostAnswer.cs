using System.Net.Http.Headers;

namespace Keyless;

/// <summary>What a host answered in a failure, fit for people's eyes: secrets and tokens struck out, the body at most 1,024 characters.</summary>
internal sealed class HostAnswer(string? body, HttpResponseHeaders headers)
{
    public string? Body { get; } = body;

    public HttpResponseHeaders Headers { get; } = headers;
}
