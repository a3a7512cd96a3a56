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

    /// <summary>The whole body, in place of <see cref="Code"/>, <see cref="Text"/> and <see cref="Form"/>. Null: they make it.</summary>
    public string? Content { get; init; }

    /// <summary>The type of <see cref="Content"/>.</summary>
    public string MediaType { get; init; } = EndpointAnswer.JsonContentType;

    public static StatusFault Read(FaultReader json)
    {
        var fault = new StatusFault(
            json.Int("status", 200, 599),
            json.OptionalText("code"),
            json.OptionalText("text"),
            json.OneOf("body", FaultBody.Platform),
            json.OptionalRetryAfter("retryAfter"),
            json.OptionalText("server"))
        {
            Content = json.OptionalText("content"),
            MediaType = json.OptionalText("contentType") ?? EndpointAnswer.JsonContentType,
        };
        if (fault.Content is not null && (fault.Code ?? fault.Text ?? json.OptionalText("body")) is not null)
            throw new EmulatorException($"{json.PathOf("content")} is the whole body: leave out code, text and body.");
        if (fault.Content is null && json.OptionalText("contentType") is not null)
            throw new EmulatorException($"{json.PathOf("contentType")} is that of content, which is missing.");
        if (!HeaderText.IsValid(fault.MediaType))
            throw json.Wrong("contentType", json.Require("contentType"), HeaderText.Wanted);
        return fault;
    }

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var answer = Body(context);
        if (RetryAfter is not null)
            answer = answer.WithHeader("Retry-After", RetryAfter.ValueAt(context.Clock.TokenNow));
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
        FaultJson.WriteOptional(json, "content", Content);
        if (MediaType != EndpointAnswer.JsonContentType)
            json.WriteString("contentType", MediaType);
        if (RetryAfter is not null)
            FaultJson.Write(json, "retryAfter", RetryAfter);
        FaultJson.WriteOptional(json, "server", Server);
    }

    private EndpointAnswer Body(FaultContext context)
    {
        if (Content is not null)
            return new EndpointAnswer(HttpStatus, Encoding.UTF8.GetBytes(Content), MediaType);

        var text = Text ?? StatusTexts.TextOf(HttpStatus);
        return Form switch
        {
            FaultBody.Platform => context.Responder.Refuse(HttpStatus, Code ?? StatusTexts.CodeOf(HttpStatus), text),
            FaultBody.Json => EndpointAnswer.Json(HttpStatus, json => json.WriteString("message", text)),
            FaultBody.Text => new EndpointAnswer(HttpStatus, Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8"),
            FaultBody.Html => new EndpointAnswer(HttpStatus, Encoding.UTF8.GetBytes(Page(text)), "text/html; charset=utf-8"),
            _ => new EndpointAnswer(HttpStatus, ReadOnlyMemory<byte>.Empty, ContentType: null),
        };
    }

    private static string Page(string text) =>
        $"<!DOCTYPE html><html><head><title>{HtmlEncoder.Default.Encode(text)}</title></head><body><h1>{HtmlEncoder.Default.Encode(text)}</h1></body></html>";
}
