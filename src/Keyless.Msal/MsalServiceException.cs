#nullable disable annotations

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Keyless.Msal;

/// <summary>The endpoint gave no token, or there is none.</summary>
public class MsalServiceException : MsalException
{
    /// <summary>An exception with a code and a text.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <exception cref="ArgumentNullException">A parameter is null or blank.</exception>
    public MsalServiceException(string errorCode, string errorMessage)
        : this(errorCode, errorMessage, statusCode: 0)
    {
    }

    /// <summary>An exception with a code, a text and a status.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="statusCode">The status.</param>
    /// <exception cref="ArgumentNullException">A text is null or blank.</exception>
    public MsalServiceException(string errorCode, string errorMessage, int statusCode)
        : this(errorCode, errorMessage, statusCode, innerException: null)
    {
    }

    /// <summary>An exception with a code, a text and a cause.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="innerException">The cause.</param>
    /// <exception cref="ArgumentNullException">A text is null or blank.</exception>
    public MsalServiceException(string errorCode, string errorMessage, Exception innerException)
        : this(errorCode, errorMessage, statusCode: 0, innerException)
    {
    }

    /// <summary>An exception with a code, a text, a status and a cause.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="statusCode">The status.</param>
    /// <param name="innerException">The cause.</param>
    /// <exception cref="ArgumentNullException">A text is null or blank.</exception>
    public MsalServiceException(string errorCode, string errorMessage, int statusCode, Exception innerException)
        : this(errorCode, errorMessage, statusCode, claims: null, innerException)
    {
    }

    /// <summary>An exception with all that can be known.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="statusCode">The status.</param>
    /// <param name="claims">The claims of a challenge.</param>
    /// <param name="innerException">The cause.</param>
    /// <exception cref="ArgumentNullException">A text is null or blank.</exception>
    public MsalServiceException(string errorCode, string errorMessage, int statusCode, string claims, Exception innerException)
        : base(errorCode, Require(errorMessage), innerException)
    {
        StatusCode = statusCode;
        Claims = claims;
        IsRetryable = statusCode is (>= 500 and < 600) or 429 or 408 || errorCode is MsalError.RequestTimeout or "temporarily_unavailable";
    }

    /// <summary>The status of the last answer; 0 if there was none.</summary>
    public int StatusCode { get; internal set; }

    /// <summary>The claims of a challenge; null for managed identities.</summary>
    public string Claims { get; internal set; }

    /// <summary>
    /// The body of the last answer, at most 1,024 characters, with secrets and tokens struck out; null if there was none.
    /// </summary>
    public string ResponseBody { get; set; }

    /// <summary>The headers of the last answer, with secrets struck out; null if there was none.</summary>
    public HttpResponseHeaders Headers { get; set; }

    /// <summary>What Entra says more exactly; null for managed identities.</summary>
    public string SubErrorForLogging { get; }

    /// <summary>Entra's numbers; empty for managed identities.</summary>
    public IReadOnlyList<string> ErrorCodesForLogging { get; } = [];

    /// <summary>The code, what every exception prints, the status and the body.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(base.ToString());
        text.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}\tStatusCode: {StatusCode}");
        if (ResponseBody is not null)
            text.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}\tResponseBody: {ResponseBody}");
        return text.ToString();
    }

    private static string Require(string errorMessage)
    {
        if (string.IsNullOrWhiteSpace(errorMessage))
            throw new ArgumentNullException(nameof(errorMessage), "An exception of this library has a text.");
        return errorMessage;
    }
}
