using System.Text.Json;
using Keyless.Emulator.Authority;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A refusal by Entra, with its number, its ids and its time.</summary>
internal sealed record EntraErrorFault(int Code, int HttpStatus, string Error, string? Text, RetryAfter? RetryAfter, string? Claims) : Fault
{
    public const string Name = "entra-error";

    public override string Kind => Name;

    public static EntraErrorFault Of(int code, string? text, RetryAfter? retryAfter, string? claims)
    {
        var (status, error) = code switch
        {
            7000215 or 700016 or 7000222 => (401, "invalid_client"),
            70021 or 700211 or 700212 or 700213 or 700024 => (400, "invalid_request"),
            500011 => (400, "invalid_resource"),
            50049 or 90002 => (400, "invalid_request"),
            90033 or 50196 => (503, "temporarily_unavailable"),
            _ => (400, "invalid_grant"),
        };
        return new(code, status, error, text, retryAfter, claims);
    }

    public static EntraErrorFault Read(FaultReader json)
    {
        var usual = Of(
            json.Int("code", 1, int.MaxValue), json.OptionalText("text"), json.OptionalRetryAfter("retryAfter"), json.OptionalText("claims"));
        return usual with
        {
            HttpStatus = json.OptionalInt("status", 400, 599) ?? usual.HttpStatus,
            Error = json.OptionalText("error") ?? usual.Error,
        };
    }

    internal override ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var now = context.Clock.GetUtcNow();
        var given = context.Request.Headers["client-request-id"].ToString();
        var correlationId = Guid.TryParse(given, out var id) ? id : Guid.NewGuid();
        var error = new EntraError(HttpStatus, Error, Code, Text ?? "The emulator was told to refuse this request.") { Claims = Claims };
        var answer = error.Answer(now, correlationId, Guid.NewGuid());
        return new(RetryAfter is null ? answer : answer.WithHeader("Retry-After", RetryAfter.ValueAt(context.Clock.TokenNow)));
    }

    internal override void WriteParameters(Utf8JsonWriter json)
    {
        var usual = Of(Code, Text, RetryAfter, Claims);
        json.WriteNumber("code", Code);
        FaultJson.WriteOptional(json, "text", Text);
        if (RetryAfter is not null)
            FaultJson.Write(json, "retryAfter", RetryAfter);
        if (HttpStatus != usual.HttpStatus)
            json.WriteNumber("status", HttpStatus);
        if (Error != usual.Error)
            json.WriteString("error", Error);
        FaultJson.WriteOptional(json, "claims", Claims);
    }
}
