namespace Keyless.Msal;

/// <summary>
/// The error codes of managed identities. <c>managed_identity_failed_response</c> of older pages is
/// <see cref="ManagedIdentityRequestFailed"/>.
/// </summary>
public static class MsalError
{
    /// <summary>The endpoint gave no token.</summary>
    public const string ManagedIdentityRequestFailed = "managed_identity_request_failed";

    /// <summary>The endpoint answered 200 with something that can't be read.</summary>
    public const string ManagedIdentityResponseParseFailure = "managed_identity_response_parse_failure";

    /// <summary>Nothing accepts connections at the endpoint's address.</summary>
    public const string ManagedIdentityUnreachableNetwork = "managed_identity_unreachable_network";

    /// <summary>No source was found. Not thrown here.</summary>
    public const string ManagedIdentityAllSourcesUnavailable = "managed_identity_all_sources_unavailable";

    /// <summary>An endpoint variable holds something that is no usable address.</summary>
    public const string InvalidManagedIdentityEndpoint = "invalid_managed_identity_endpoint";

    /// <summary>The source does not take this kind of id.</summary>
    public const string InvalidManagedIdentityIdType = "invalid_managed_identity_id_type";

    /// <summary>The source has no user-assigned identities.</summary>
    public const string UserAssignedManagedIdentityNotSupported = "user_assigned_managed_identity_not_supported";

    /// <summary>The source chooses the identity by its own configuration.</summary>
    public const string UserAssignedManagedIdentityNotConfigurableAtRuntime = "user_assigned_managed_identity_not_configurable_at_runtime";

    /// <summary>Kept from MSAL.NET, which does not throw it either.</summary>
    public const string InvalidManagedIdentityResponse = "invalid_managed_identity_response";

    /// <summary>Kept from MSAL.NET, which does not throw it either.</summary>
    public const string MissingManagedIdentityEnvVar = "missing_managed_identity_env_var";

    /// <summary>Kept from MSAL.NET, which does not throw it either.</summary>
    public const string UnknownManagedIdentityError = "unknown_managed_identity_error";

    /// <summary>The endpoint handed out a token that has expired.</summary>
    public const string InvalidTokenProviderResponseValue = "invalid_token_provider_response_value";

    /// <summary>The time ran out.</summary>
    public const string RequestTimeout = "request_timeout";

    /// <summary>The service can't answer now. Not thrown here.</summary>
    public const string ServiceNotAvailable = "service_not_available";

    /// <summary>What was called is experimental, and that is not allowed.</summary>
    public const string ExperimentalFeature = "experimental_feature";

    /// <summary>The first shape of the API takes one scope.</summary>
    public const string ExactlyOneScopeExpected = "exactly_one_scope_expected";

    /// <summary>The first shape of the API needs <c>WithManagedIdentity</c>: there are no other credentials here.</summary>
    public const string ClientCredentialAuthenticationTypeMustBeDefined = "Client_Credentials_Required_In_Confidential_Client_Application";

    /// <summary>The code of an exception that was given none.</summary>
    public const string UnknownError = "unknown_error";
}
