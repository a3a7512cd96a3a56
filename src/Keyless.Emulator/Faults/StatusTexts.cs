using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Faults;

/// <summary>What platforms say with a status, where a fault says nothing of its own.</summary>
internal static class StatusTexts
{
    public static string CodeOf(int status) => status switch
    {
        400 => "invalid_request",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not_found",
        408 => "request_timeout",
        410 => "gone",
        429 => "too_many_requests",
        503 => "temporarily_unavailable",
        _ => "server_error",
    };

    public static string TextOf(int status) => status switch
    {
        404 => "The identity service is not there yet.",
        410 => "The identity service is being updated. Try again later.",
        429 => "Too many requests. Try again later.",
        503 => "The identity service is unavailable for the moment.",
        _ => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } reason ? $"{reason}." : $"Status {status}.",
    };
}
