using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Keyless.Msal.Errors;

/// <summary>Exceptions as JSON, by MSAL.NET's names; the status is kept besides.</summary>
internal static class ExceptionJson
{
    private const string SourceName = "managed_identity_source";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(MsalException exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("type", exception.GetType().Name);
            json.WriteString("error_code", exception.ErrorCode);
            json.WriteString("error_description", exception.Message);
            json.WriteStartObject("additional_exception_data");
            foreach (var (name, value) in exception.AdditionalExceptionData)
                json.WriteString(name == MsalException.ManagedIdentitySource ? SourceName : name, value);
            json.WriteEndObject();
            if (exception is MsalServiceException service)
            {
                json.WriteString("claims", service.Claims);
                json.WriteString("response_body", service.ResponseBody);
                json.WriteString("correlation_id", service.CorrelationId);
                json.WriteString("sub_error", service.SubErrorForLogging);
                json.WriteNumber("status_code", service.StatusCode);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static MsalException Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var code = Text(root, "error_code") ?? MsalError.UnknownError;
        var description = Text(root, "error_description") ?? "Unknown error";
        MsalException exception = Text(root, "type") switch
        {
            nameof(MsalException) => new MsalException(code, description),
            nameof(MsalClientException) => new MsalClientException(code, description),
            nameof(MsalServiceException) => new MsalServiceException(code, description, Number(root, "status_code")),
            nameof(MsalUiRequiredException) => new MsalUiRequiredException(code, description) { StatusCode = Number(root, "status_code") },
            var type => throw new MsalClientException("json_parse_failed", $"'{type}' is no exception of this library."),
        };

        exception.AdditionalExceptionData = Data(root);
        if (exception is MsalServiceException service)
        {
            service.Claims = Text(root, "claims");
            service.ResponseBody = Text(root, "response_body");
            service.CorrelationId = Text(root, "correlation_id");
        }

        return exception;
    }

    private static Dictionary<string, string> Data(JsonElement root)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty("additional_exception_data", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var pair in given.EnumerateObject())
                data[pair.Name == SourceName ? MsalException.ManagedIdentitySource : pair.Name] = pair.Value.ToString();
        }

        return data;
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : 0;
}
