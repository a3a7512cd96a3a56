namespace Keyless.Testing;

/// <summary>A secret stands where none may stand.</summary>
public sealed class SecretLeakException : Exception
{
    /// <summary>Says that a secret leaked.</summary>
    public SecretLeakException()
    {
    }

    /// <summary>Says which secret stands where.</summary>
    /// <param name="message">The message.</param>
    public SecretLeakException(string message)
        : base(message)
    {
    }

    /// <summary>Says which secret stands where.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public SecretLeakException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
