#nullable disable annotations

using System.Collections.Immutable;
using System.Globalization;
using Keyless.Msal.Errors;

namespace Keyless.Msal;

/// <summary>The base of this library's exceptions. None holds a token or another secret.</summary>
public class MsalException : Exception
{
    /// <summary>A key that brokers use.</summary>
    public const string BrokerErrorContext = "BrokerErrorContext";

    /// <summary>A key that brokers use.</summary>
    public const string BrokerErrorTag = "BrokerErrorTag";

    /// <summary>A key that brokers use.</summary>
    public const string BrokerErrorStatus = "BrokerErrorStatus";

    /// <summary>A key that brokers use.</summary>
    public const string BrokerErrorCode = "BrokerErrorCode";

    /// <summary>A key that brokers use.</summary>
    public const string BrokerTelemetry = "BrokerTelemetry";

    /// <summary>The key of <see cref="AdditionalExceptionData"/> under which the source's name is found.</summary>
    public const string ManagedIdentitySource = "ManagedIdentitySource";

    /// <summary>The key of <see cref="Exception.Data"/> under which <see cref="AuthenticationResultMetadata"/> is found.</summary>
    public const string AuthenticationResultMetadataKey = "MsalAuthenticationResultMetadata";

    /// <summary>An exception without a cause.</summary>
    public MsalException()
        : base("Unknown error") => ErrorCode = MsalError.UnknownError;

    /// <summary>An exception with a code.</summary>
    /// <param name="errorCode">The code.</param>
    /// <exception cref="ArgumentNullException"><paramref name="errorCode"/> is null or blank.</exception>
    public MsalException(string errorCode) => ErrorCode = Require(errorCode);

    /// <summary>An exception with a code and a text.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="errorCode"/> is null or blank.</exception>
    public MsalException(string errorCode, string errorMessage)
        : base(errorMessage) => ErrorCode = Require(errorCode);

    /// <summary>An exception with a code, a text and a cause.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="innerException">The cause.</param>
    /// <exception cref="ArgumentNullException"><paramref name="errorCode"/> is null or blank.</exception>
    public MsalException(string errorCode, string errorMessage, Exception innerException)
        : base(errorMessage, innerException) => ErrorCode = Require(errorCode);

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsRetryable { get; set; }

    /// <summary>The code, one of <see cref="MsalError"/>'s.</summary>
    public string ErrorCode { get; private set; }

    /// <summary>This library's id for the acquisition; null if there was none.</summary>
    public string CorrelationId { get; set; }

    /// <summary>What else is known; the source's name under <see cref="ManagedIdentitySource"/>.</summary>
    public IReadOnlyDictionary<string, string> AdditionalExceptionData { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>How long the acquisition took; null if there was none.</summary>
    public AuthenticationResultMetadata AuthenticationResultMetadata =>
        Data[AuthenticationResultMetadataKey] as AuthenticationResultMetadata;

    /// <summary>Reads an exception that <see cref="ToJsonString"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is not JSON.</exception>
    /// <exception cref="MsalClientException"><c>json_parse_failed</c>: it is not an exception of this library.</exception>
    public static MsalException FromJsonString(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ExceptionJson.Read(json);
    }

    /// <summary>Writes the exception as JSON, without its stack and cause.</summary>
    public string ToJsonString() => ExceptionJson.Write(this);

    /// <summary>The code, then what every exception prints.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}:{Environment.NewLine}\tErrorCode: {ErrorCode}{Environment.NewLine}{base.ToString()}");

    private static string Require(string errorCode)
    {
        if (string.IsNullOrWhiteSpace(errorCode))
            throw new ArgumentNullException(nameof(errorCode), "An exception of this library has a code.");
        return errorCode;
    }
}
