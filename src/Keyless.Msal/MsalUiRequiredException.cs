#nullable disable annotations

namespace Keyless.Msal;

/// <summary>A user would have to do something. Never thrown for managed identities; here so that handlers of it compile.</summary>
public class MsalUiRequiredException : MsalServiceException
{
    /// <summary>An exception with a code and a text.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <exception cref="ArgumentNullException">A text is null or blank.</exception>
    public MsalUiRequiredException(string errorCode, string errorMessage)
        : this(errorCode, errorMessage, innerException: null)
    {
    }

    /// <summary>An exception with a code, a text and a cause.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="innerException">The cause.</param>
    /// <exception cref="ArgumentNullException">A text is null or blank.</exception>
    public MsalUiRequiredException(string errorCode, string errorMessage, Exception innerException)
        : this(errorCode, errorMessage, innerException, UiRequiredExceptionClassification.None)
    {
    }

    /// <summary>An exception with all that can be known.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="classification">What the user would have to do.</param>
    /// <exception cref="ArgumentNullException">A text is null or blank.</exception>
    public MsalUiRequiredException(string errorCode, string errorMessage, Exception innerException, UiRequiredExceptionClassification classification)
        : base(errorCode, errorMessage, innerException) => Classification = classification;

    /// <summary>What the user would have to do.</summary>
    public UiRequiredExceptionClassification Classification { get; }
}
