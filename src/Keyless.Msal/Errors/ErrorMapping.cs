using System.Collections.ObjectModel;
using System.Net;

namespace Keyless.Msal.Errors;

/// <summary>The one table of how failures are thrown; docs/errors.md shows it.</summary>
internal static class ErrorMapping
{
    private const string Parse = MsalError.ManagedIdentityResponseParseFailure;
    private const string Failed = MsalError.ManagedIdentityRequestFailed;
    private const string Unreachable = MsalError.ManagedIdentityUnreachableNetwork;

    public static readonly IReadOnlyList<ErrorRow> Table =
    [
        new(FailureKind.InvalidEndpoint, MsalError.InvalidManagedIdentityEndpoint, InMsal: $"`{Failed}` for a scheme that is not http or https"),
        new(FailureKind.InsecureEndpoint, MsalError.InvalidManagedIdentityEndpoint, InMsal: "no error: the token travels in clear text"),
        new(FailureKind.InvalidConfiguration, Failed),
        new(FailureKind.IdentityNotSupported, MsalError.UserAssignedManagedIdentityNotSupported),
        new(FailureKind.IdentityNotConfigurable, MsalError.UserAssignedManagedIdentityNotConfigurableAtRuntime),
        new(FailureKind.IdentityKindNotSupported, MsalError.InvalidManagedIdentityIdType),
        new(FailureKind.NoManagedIdentity, Unreachable),
        new(FailureKind.EndpointUnreachable, Unreachable),
        new(FailureKind.ConnectionLost, Unreachable),
        new(FailureKind.CertificateRefused, Unreachable),
        new(FailureKind.TimedOut, MsalError.RequestTimeout, InMsal: $"on IMDS `{Failed}`"),
        new(FailureKind.Throttled, Failed),
        new(FailureKind.EndpointUnavailable, Failed, InMsal: "after the second request to Azure Arc `service_not_available`"),
        new(FailureKind.IdentityNotFound, Failed),
        new(FailureKind.IdentityAmbiguous, Failed),
        new(FailureKind.ResourceNotFound, Failed),
        new(FailureKind.AccessDenied, Failed),
        new(FailureKind.RequestRefused, Failed),
        new(FailureKind.NotAnEndpoint, Failed, InMsal: $"`{Parse}` for 200 with an empty body"),
        new(FailureKind.InvalidResponse, Parse),
        new(FailureKind.InvalidExpiry, "invalid_timestamp_format", IsClientException: true),
        new(FailureKind.TokenExpired, MsalError.InvalidTokenProviderResponseValue, IsClientException: true),
        new(FailureKind.WrongIdentity, "user_assigned_managed_identity_not_confirmed", InMsal: "no error: the other identity's token is returned"),
        new(FailureKind.RejectedTokenReturned, Failed, InMsal: "no error: the rejected token is returned"),
        new(FailureKind.ArcChallengeRefused, Failed),
        new(FailureKind.ArcKeyUnreadable, Failed),
    ];

    // The core's next steps name the core's members.
    private static readonly (string Core, string Here)[] Names =
    [
        ("ManagedIdentity.FromClientId", "ManagedIdentityId.WithUserAssignedClientId"),
        ("ManagedIdentity.FromObjectId", "ManagedIdentityId.WithUserAssignedObjectId"),
        ("ManagedIdentity.FromResourceId", "ManagedIdentityId.WithUserAssignedResourceId"),
        ("ManagedIdentity.SystemAssigned", "ManagedIdentityId.SystemAssigned"),
    ];

    /// <summary>The exception of a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="correlationId">The id that the caller gave; null for the acquisition's own.</param>
    /// <param name="elapsed">How long the call took.</param>
    public static MsalException ToException(TokenFailure failure, Guid? correlationId, TimeSpan elapsed)
    {
        var row = Table[(int)failure.Kind];
        var message = Names.Aggregate(failure.ToString(), static (text, name) => text.Replace(name.Core, name.Here, StringComparison.Ordinal));
        var isClient = row.IsClientException && failure.ErrorCode == row.Code;
        MsalException exception = isClient
            ? new MsalClientException(failure.ErrorCode, message, failure.Cause!)
            : new MsalServiceException(failure.ErrorCode, message, StatusOf(failure), failure.Cause!)
            {
                ResponseBody = failure.HostAnswer?.Body!,
                Headers = failure.HostAnswer?.Headers!,
            };

        exception.IsRetryable = failure.IsTransient;
        exception.CorrelationId = (correlationId ?? (failure.CorrelationId == Guid.Empty ? Guid.NewGuid() : failure.CorrelationId)).ToString("D");
        if (failure.Source is { } source && !isClient)
            exception.AdditionalExceptionData = SourceData(source);
        exception.Data[MsalException.AuthenticationResultMetadataKey] = new AuthenticationResultMetadata(TokenSource.IdentityProvider)
        {
            DurationTotalInMs = (long)elapsed.TotalMilliseconds,
            DurationInHttpInMs = (long)failure.Elapsed.TotalMilliseconds,
            TokenEndpoint = failure.Endpoint!,
        };
        return exception;
    }

    /// <summary>The exception of what nobody foresaw, such as what an application's own HTTP client throws.</summary>
    public static MsalServiceException Unexpected(Exception exception, Guid? correlationId) =>
        new(Failed, $"[Managed Identity] The request could not be sent: {exception.Message}", exception) { CorrelationId = correlationId?.ToString("D")! };

    // What is wrong with a token was found in an answer of 200.
    private static int StatusOf(TokenFailure failure) => failure switch
    {
        { StatusCode: { } status } => (int)status,
        { Kind: FailureKind.InvalidExpiry or FailureKind.TokenExpired or FailureKind.WrongIdentity } => (int)HttpStatusCode.OK,
        _ => 0,
    };

    private static ReadOnlyDictionary<string, string> SourceData(SourceKind source) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { [MsalException.ManagedIdentitySource] = source.ToString() });
}
