#nullable disable annotations

using System.Security.Cryptography.X509Certificates;

namespace Keyless.Msal;

/// <summary>What came of an acquisition, as callbacks are told.</summary>
public sealed class ExecutionResult
{
    internal ExecutionResult(AuthenticationResult result) => Result = result;

    internal ExecutionResult(MsalException exception) => Exception = exception;

    /// <summary>Whether there is a token.</summary>
    public bool Successful => Exception is null;

    /// <summary>The token; null if there is none.</summary>
    public AuthenticationResult Result { get; }

    /// <summary>Why there is no token; null if there is one.</summary>
    public MsalException Exception { get; }

    /// <summary>The certificate that the client presented.</summary>
    /// <value>Always null: managed identity requests present none.</value>
    public X509Certificate2 ClientCertificate { get; }
}
