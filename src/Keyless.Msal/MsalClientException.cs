#nullable disable annotations

namespace Keyless.Msal;

/// <summary>Something is wrong on this side, or with what was understood of the answer.</summary>
public class MsalClientException : MsalException
{
    /// <summary>An exception with a code.</summary>
    /// <param name="errorCode">The code.</param>
    /// <exception cref="ArgumentNullException"><paramref name="errorCode"/> is null or blank.</exception>
    public MsalClientException(string errorCode)
        : base(errorCode)
    {
    }

    /// <summary>An exception with a code and a text.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="errorCode"/> is null or blank.</exception>
    public MsalClientException(string errorCode, string errorMessage)
        : base(errorCode, errorMessage)
    {
    }

    /// <summary>An exception with a code, a text and a cause.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="innerException">The cause.</param>
    /// <exception cref="ArgumentNullException"><paramref name="errorCode"/> is null or blank.</exception>
    public MsalClientException(string errorCode, string errorMessage, Exception innerException)
        : base(errorCode, errorMessage, innerException)
    {
    }
}
