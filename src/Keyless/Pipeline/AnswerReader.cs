using System.Net;
using System.Text.Json;
using Keyless.Diagnostics;
using Keyless.Sources;

namespace Keyless.Pipeline;

/// <summary>
/// Judges an answer. Only positive proof counts: 200 with a token object is a success, a documented error shape is that source's error,
/// and everything else (portals, redirects, other services, endless bodies) is no managed identity endpoint.
/// </summary>
internal static class AnswerReader
{
    private const int ExcerptCharacters = 120;
    private const string RequestIdHeader = "x-ms-request-id";

    private static readonly string[] IdentityAbsent =
    [
        "ManagedIdentityNotFound",
        "Identity not found",
        "identity not assigned",
        "No User Assigned or Delegated Managed Identity",
        "No managed identity was found",
        "Managed Identity found for specified",
        "No MSI found for specified",
        "Unable to load the proper Managed Identity",
    ];

    /// <summary>The success body, or null and the failure.</summary>
    public static TokenResponse? Read(Answer answer, SourceConnection connection, out TokenFailure? failure, params ReadOnlySpan<Secret?> secrets)
    {
        failure = null;
        if (answer.Status != 200)
        {
            failure = ReadFailure(answer, connection, secrets);
            return null;
        }

        if (answer.IsTruncated || !JsonText.LooksLikeObject(answer.Body))
        {
            failure = NotAnEndpoint(answer, answer.IsTruncated ? "an answer without end" : "200 and something that is no JSON object", secrets);
            if (!answer.Body.IsEmpty)
                failure = failure with { ErrorCode = FailureGuide.For(FailureKind.InvalidResponse).ErrorCode };
            return null;
        }

        try
        {
            var response = TokenResponseReader.Read(answer.Body);
            if (!string.IsNullOrEmpty(response.AccessToken) && !response.AccessToken.AsSpan().ContainsAnyExceptInRange('!', '~'))
                return response;

            var error = HostErrorReader.Read(answer.Body);
            if (response == default && error.IsEmpty)
            {
                failure = NotAnEndpoint(answer, "200 and a JSON object that holds neither a token nor an error", secrets);
                return null;
            }

            failure = new TokenFailure(FailureKind.InvalidResponse, string.IsNullOrEmpty(response.AccessToken)
                ? "The endpoint answered 200, but the answer has no access_token."
                : "The endpoint answered 200, but the access_token holds characters that no HTTP header can carry.")
            {
                ErrorCode = "managed_identity_request_failed",
                StatusCode = HttpStatusCode.OK,
                HostErrorCode = Redaction.Clean(error.Code, secrets),
                HostMessage = Redaction.Clean(error.Message, secrets),
                HostCorrelationId = Redaction.Clean(error.CorrelationId ?? answer.Header(RequestIdHeader), secrets),
            };
        }
        catch (JsonException)
        {
            // The exception's text may quote the body.
            failure = new TokenFailure(FailureKind.InvalidResponse, "The endpoint answered 200 with JSON that is broken or cut short.")
            {
                StatusCode = HttpStatusCode.OK,
                HostCorrelationId = Redaction.Clean(answer.Header(RequestIdHeader), secrets),
            };
        }

        return null;
    }

    /// <summary>Whether an answer shows that a managed identity endpoint exists, even if it fails at the moment.</summary>
    public static bool ProvesPresence(TokenFailure failure) => failure is { StatusCode: not null, Kind: not FailureKind.NotAnEndpoint };

    private static TokenFailure ReadFailure(Answer answer, SourceConnection connection, ReadOnlySpan<Secret?> secrets)
    {
        var error = HostErrorReader.Read(answer.Body);
        var empty = answer.Body.Trim(" \t\r\n"u8).IsEmpty;
        if (Classify(connection.Kind, answer.Status, error, empty, answer.Header("Server")) is not { } kind)
            return NotAnEndpoint(answer, $"status {answer.Status} and nothing that a managed identity endpoint says", secrets);

        return new TokenFailure(kind, Describe(kind, connection, answer.Status))
        {
            StatusCode = (HttpStatusCode)answer.Status,
            HostErrorCode = Redaction.Clean(error.Code, secrets),
            HostMessage = error.IsEmpty ? Redaction.Clean(answer.Body, secrets) : Redaction.Clean(error.Message, secrets),
            HostCorrelationId = Redaction.Clean(error.CorrelationId ?? answer.Header(RequestIdHeader), secrets),
        };
    }

    private static FailureKind? Classify(SourceKind source, int status, HostError error, bool empty, string? server)
    {
        var documented = !error.IsEmpty;
        if (documented && Documented(source, status, error) is { } exact)
            return exact;
        return status switch
        {
            429 => FailureKind.Throttled,

            // Final there: the identity or the path does not exist.
            404 when source == SourceKind.ServiceFabric && (documented || empty) => FailureKind.RequestRefused,

            // 511 is what networks say that want people to log in first.
            408 or 410 or (>= 500 and <= 599 and not 511) => FailureKind.EndpointUnavailable,
            404 when documented || empty || server?.Contains("IMDS", StringComparison.OrdinalIgnoreCase) == true => FailureKind.EndpointUnavailable,
            401 or 403 when documented || empty => FailureKind.AccessDenied,
            >= 400 and <= 499 when documented || empty => FailureKind.RequestRefused,
            _ => null,
        };
    }

    // What hosts say about identities and resources, by code where there is one and else by their words.
    private static FailureKind? Documented(SourceKind source, int status, HostError error)
    {
        if (status is not (400 or 401 or 403 or 404))
            return null;
        if (IdentityAbsent.Any(error.Says))
            return FailureKind.IdentityNotFound;
        if (status == 400 && (error.Says("Multiple user assigned identities") || error.Says("multiple identities")))
            return FailureKind.IdentityAmbiguous;
        if (status == 400 && (error.Code is "invalid_resource" or "AudienceNotSupported" || error.Says("AADSTS500011:") || error.Says("AADSTS50001:")))
            return FailureKind.ResourceNotFound;
        if (error.Code is "SecretHeaderNotFound" or "access_denied" or "unauthorized_client")
            return FailureKind.AccessDenied;
        return source == SourceKind.ServiceFabric && status == 404 ? FailureKind.RequestRefused : null;
    }

    private static string Describe(FailureKind kind, SourceConnection connection, int status) => kind switch
    {
        FailureKind.Throttled => $"{connection.Kind.DisplayName()} says that it is asked too often.",
        FailureKind.EndpointUnavailable => $"{connection.Kind.DisplayName()} can't answer now (status {status}).",
        FailureKind.IdentityNotFound => $"{connection.Kind.DisplayName()} knows no such identity on this machine.",
        FailureKind.IdentityAmbiguous => "Several identities are assigned to this machine, and the request names none.",
        FailureKind.ResourceNotFound => $"{connection.Kind.DisplayName()} knows no such resource.",
        FailureKind.AccessDenied => $"{connection.Kind.DisplayName()} refused the caller (status {status}).",
        _ => $"{connection.Kind.DisplayName()} refused the request (status {status}).",
    };

    private static TokenFailure NotAnEndpoint(Answer answer, string what, ReadOnlySpan<Secret?> secrets) =>
        new(FailureKind.NotAnEndpoint, $"What answers there is not a managed identity endpoint: it sent {what}.")
        {
            StatusCode = (HttpStatusCode)answer.Status,
            HostMessage = Redaction.Clean(answer.Body, secrets) is { } said ? Redaction.Shorten(said, ExcerptCharacters) : null,
        };
}
