#nullable disable annotations

namespace Keyless.Msal;

/// <summary>Takes a line of the log.</summary>
/// <param name="level">Its level.</param>
/// <param name="message">Its text; never a token or another secret.</param>
/// <param name="containsPii">Whether it may name identities and addresses.</param>
public delegate void LogCallback(LogLevel level, string message, bool containsPii);
