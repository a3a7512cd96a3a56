using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>Another answer in place of the host's: a status, and a body that says so.</summary>
internal sealed record StatusFault(int HttpStatus, string? Code, string? Text, FaultBody Form, RetryAfter? RetryAfter, string? Server) : Fault
{
    public const string Name = "status";

    public override string Kind => Name;

    public static StatusFault Read(FaultReader json) => new(
        json.Int("status", 200, 599),
        json.OptionalText("code"),
        json.OptionalText("text"),
        json.OneOf("body", FaultBody.Platform),
        json.OptionalRetryAfter("retryAfter"),
        json.OptionalText("server"));

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var text = Text ?? StatusTexts.TextOf(HttpStatus);
        var answer = Form switch
        {
            FaultBody.Platform => context.Responder.Refuse(HttpStatus, Code ?? StatusTexts.CodeOf(HttpStatus), text),
            FaultBody.Json => EndpointAnswer.Json(HttpStatus, json => json.WriteString("message", text)),
            FaultBody.Text => new EndpointAnswer(HttpStatus, Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8"),
            FaultBody.Html => new EndpointAnswer(HttpStatus, Encoding.UTF8.GetBytes(Page(text)), "text/html; charset=utf-8"),
            _ => new EndpointAnswer(HttpStatus, ReadOnlyMemory<byte>.Empty, ContentType: null),
        };
        if (RetryAfter is not null)
            answer = answer.WithHeader("Retry-After", RetryAfter.ValueAt(context.Clock.GetUtcNow()));
        if (Server is not null)
            answer = answer.WithoutHeader("Server");
        if (Server is { Length: > 0 })
            answer = answer.WithHeader("Server", Server);
        return new(answer);
    }

    internal override void WriteParameters(Utf8JsonWriter json)
    {
        json.WriteNumber("status", HttpStatus);
        FaultJson.WriteOptional(json, "code", Code);
        FaultJson.WriteOptional(json, "text", Text);
        if (Form != FaultBody.Platform)
            json.WriteString("body", KebabCase.Of(Form));
        if (RetryAfter is not null)
            FaultJson.Write(json, "retryAfter", RetryAfter);
        FaultJson.WriteOptional(json, "server", Server);
    }

    private static string Page(string text) =>
        $"<!DOCTYPE html><html><head><title>{HtmlEncoder.Default.Encode(text)}</title></head><body><h1>{HtmlEncoder.Default.Encode(text)}</h1></body></html>";
}
