#nullable disable annotations

using System.ComponentModel;

namespace Keyless.Msal;

/// <summary>What MSAL.NET 4.54 to 4.59 threw for managed identities. Catch <see cref="MsalServiceException"/>.</summary>
[Obsolete("Catch MsalServiceException; the source's name is in its AdditionalExceptionData.", error: true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public class MsalManagedIdentityException : MsalServiceException
{
    /// <summary>An exception with a code and a text.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="source">The source.</param>
    public MsalManagedIdentityException(string errorCode, string errorMessage, ManagedIdentitySource source)
        : this(errorCode, errorMessage, innerException: null, source)
    {
    }

    /// <summary>An exception with a code, a text and a status.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="source">The source.</param>
    /// <param name="statusCode">The status.</param>
    public MsalManagedIdentityException(string errorCode, string errorMessage, ManagedIdentitySource source, int statusCode)
        : this(errorCode, errorMessage, innerException: null, source, statusCode)
    {
    }

    /// <summary>An exception with all that can be known.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="source">The source.</param>
    /// <param name="statusCode">The status.</param>
    public MsalManagedIdentityException(string errorCode, string errorMessage, Exception innerException, ManagedIdentitySource source, int statusCode)
        : base(errorCode, errorMessage, statusCode, innerException)
    {
        ManagedIdentitySource = source;
        IsRetryable = statusCode is 404 or 408 or 429 or 500 or 503 or 504;
    }

    /// <summary>An exception with a code, a text and a cause.</summary>
    /// <param name="errorCode">The code.</param>
    /// <param name="errorMessage">The text.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="source">The source.</param>
    public MsalManagedIdentityException(string errorCode, string errorMessage, Exception innerException, ManagedIdentitySource source)
        : this(errorCode, errorMessage, innerException, source, statusCode: 0)
    {
    }

    /// <summary>The source.</summary>
    public new ManagedIdentitySource ManagedIdentitySource { get; }
}
