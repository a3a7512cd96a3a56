namespace Keyless.Interop.Tests.Compatibility;

/// <summary>How a client's request for an identity's token ends.</summary>
internal enum Outcome
{
    /// <summary>With a token of that identity.</summary>
    Token,

    /// <summary>With an error, and no token.</summary>
    Refused,

    /// <summary>With a token, of the identity that the host has by default: the client sends nothing that the host heeds.</summary>
    Ignored,
}
