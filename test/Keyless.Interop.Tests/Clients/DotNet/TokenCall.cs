using System.Text.Json.Serialization;

namespace Keyless.Interop.Calls;

/// <summary>One token to ask for. The tests write it, a client's program reads it.</summary>
/// <param name="Resource">Whom it is for.</param>
/// <param name="By">How the identity is named: "system", "client", "object" or "resource".</param>
/// <param name="Id">The identity's id; null for the system-assigned one.</param>
/// <param name="Retries">How often the client may try again, where it has such an option; null for what it does by itself.</param>
internal sealed record TokenCall(string Resource, string By, string? Id, int? Retries = null);

/// <summary>What came of it: a token, or an error. A client's program writes it, the tests read it.</summary>
/// <param name="Token">The token.</param>
/// <param name="ExpiresOn">When it expires, in seconds since 1970.</param>
/// <param name="ErrorType">The exception's type.</param>
/// <param name="ErrorCode">The client's own code, where it has one.</param>
/// <param name="ErrorMessage">The message, with those of the inner exceptions.</param>
internal sealed record TokenOutcome(
    string? Token = null,
    long? ExpiresOn = null,
    string? ErrorType = null,
    string? ErrorCode = null,
    string? ErrorMessage = null)
{
    /// <summary>The error, or that there is none; never the token.</summary>
    public override string ToString() => ErrorMessage is null ? "a token" : $"{ErrorType} ({ErrorCode}): {ErrorMessage}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenCall))]
[JsonSerializable(typeof(TokenOutcome))]
internal sealed partial class CallJson : JsonSerializerContext;
