using System.Reflection;

namespace Keyless.Msal.Tests.Api;

/// <summary>The types in scope, in both assemblies.</summary>
internal static class ApiTypes
{
    private static readonly Assembly[] Theirs = [Assembly.Load("Microsoft.Identity.Client"), Assembly.Load("Microsoft.IdentityModel.Abstractions")];
    private static readonly Assembly Ours = typeof(ManagedIdentityApplicationBuilder).Assembly;

    /// <summary>What code that uses managed identities can name.</summary>
    public static readonly string[] InScope =
    [
        "AbstractAcquireTokenParameterBuilder`1", "AbstractConfidentialClientAcquireTokenParameterBuilder`1", "AbstractManagedIdentityAcquireTokenParameterBuilder`1",
        "AbstractManagedIdentityAcquireTokenParameterBuilderExtension", "AccountId", "AcquireTokenForClientParameterBuilder", "AcquireTokenForManagedIdentityParameterBuilder",
        "AcquireTokenParameterBuilderExtensions", "ApplicationBase", "AuthenticationResult", "AuthenticationResultExtensions", "AuthenticationResultMetadata",
        "BaseAbstractAcquireTokenParameterBuilder`1", "BaseAbstractApplicationBuilder`1", "BaseApplicationOptions", "CacheLevel", "CacheRefreshReason",
        "ConfidentialClientApplication", "ConfidentialClientApplicationBuilder", "EventLogLevel", "ExecutionResult", "IAccount", "IApplicationBase",
        "IConfidentialClientApplication", "IIdentityLogger", "IManagedIdentityApplication", "IMsalHttpClientFactory", "IMsalMtlsHttpClientFactory", "IMsalSFHttpClientFactory", "ITelemetryClient", "TelemetryEventDetails",
        "LogCallback", "LogEntry", "LogLevel", "ManagedIdentityApplication", "ManagedIdentityApplicationBuilder", "ManagedIdentityApplicationBuilderExtensions",
        "ManagedIdentityCapabilities", "ManagedIdentityCapabilitiesOptions", "ManagedIdentityId", "ManagedIdentityPopExtensions", "ManagedIdentitySource", "MsalClientException",
        "MsalError", "MsalException", "MsalManagedIdentityException", "MsalServiceException", "MsalUiRequiredException", "MtlsBindingStrength", "PoPOptions", "RegionDetails",
        "RegionOutcome", "TokenSource", "UiRequiredExceptionClassification",
    ];

    public static Type[] InMsal(string name) => [.. Theirs.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.Name == name)];

    public static Type? Here(string name) => Ours.GetExportedTypes().SingleOrDefault(type => type.Name == name);

    public static IEnumerable<Type> AllHere => Ours.GetExportedTypes();
}
