using System.Buffers;
using System.Text;
using Keyless.Pipeline;
using Keyless.Sources;

namespace Keyless.Tests.Pipeline;

/// <summary>Answers as the transport would hand them over, and what the reader makes of them.</summary>
internal static class Answers
{
    public static Answer Of(int status, string body) => Of(status, Encoding.UTF8.GetBytes(body));

    public static Answer Of(int status, ReadOnlySpan<byte> body, string? server = null, string? requestId = null, bool truncated = false)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(body.Length, 1));
        body.CopyTo(buffer);
        var headers = new HttpResponseMessage().Headers;
        if (server is not null)
            headers.TryAddWithoutValidation("Server", server);
        if (requestId is not null)
            headers.TryAddWithoutValidation("x-ms-request-id", requestId);
        return new Answer(status, buffer, body.Length) { Headers = headers, IsTruncated = truncated };
    }

    /// <summary>The failure that an answer amounts to.</summary>
    public static TokenFailure FailureOf(SourceKind source, Answer answer, params ReadOnlySpan<Secret?> secrets)
    {
        using (answer)
        {
            var response = AnswerReader.Read(answer, Samples.Connect(source), out var failure, secrets);

            Assert.Null(response);
            Assert.NotNull(failure);
            Assert.Equal(answer.Status, (int?)failure.StatusCode);
            return failure;
        }
    }

    public static TokenFailure FailureOf(SourceKind source, int status, string body) => FailureOf(source, Of(status, body));
}
