using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Hosting;

/// <summary>Whatever answers the requests to one address, in a dialect of its own.</summary>
internal interface IResponder
{
    /// <summary>Says what a request is, without answering it.</summary>
    RequestFacts Describe(EndpointRequest request);

    /// <summary>Answers any request.</summary>
    ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken);

    /// <summary>A refusal in this dialect.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error's code, where the dialect has one.</param>
    /// <param name="text">The error's text.</param>
    EndpointAnswer Refuse(int status, string code, string text);
}
