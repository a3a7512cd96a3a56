namespace Keyless.Pipeline;

/// <summary>Why there is no answer.</summary>
internal enum TransportFault
{
    None,

    /// <summary>No connection: refused, no route, no such name, or no reaction in time.</summary>
    ConnectFailed,

    /// <summary>The connection broke before the answer was whole.</summary>
    ConnectionLost,

    /// <summary>The attempt took too long.</summary>
    TimedOut,

    /// <summary>The certificate is not the pinned one, or not trusted.</summary>
    CertificateRefused,

    /// <summary>What came back is not HTTP.</summary>
    NotHttp,
}
