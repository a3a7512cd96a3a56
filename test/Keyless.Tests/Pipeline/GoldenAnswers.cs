using static Keyless.FailureKind;
using static Keyless.SourceKind;

namespace Keyless.Tests.Pipeline;

/// <summary>Error answers of real hosts, after the shapes that the reference lists.</summary>
internal static class GoldenAnswers
{
    private const string Guid1 = "0507ee4d-c15f-421a-b96b-e71e351bc69a";

    public static readonly IReadOnlyList<GoldenAnswer> All =
    [
        // IMDS: flat.
        new(Imds, 400, """{"error":"invalid_request","error_description":"Required metadata header not specified"}""", RequestRefused)
            { Code = "invalid_request", Says = "Required metadata header not specified" },
        new(Imds, 400, """{"error":"bad_request_102","error_description":"Required metadata header not specified"}""", RequestRefused)
            { Code = "bad_request_102", Says = "Required metadata header not specified" },
        new(Imds, 400, """{"error":"invalid_request","error_description":"Identity not found"}""", IdentityNotFound)
            { Code = "invalid_request", Says = "Identity not found" },
        new(Imds, 400, """{"error":"invalid_request","error_description":"Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request"}""", IdentityAmbiguous)
            { Code = "invalid_request", Says = "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request" },
        new(Imds, 400, """{"error":"invalid_resource","error_description":"AADSTS500011: The resource principal named https://nowhere.example was not found","error_codes":[500011],"timestamp":"2026-10-18 12:00:00Z","trace_id":"t","correlation_id":"i","error_uri":"u"}""", ResourceNotFound)
            { Code = "invalid_resource", Says = "AADSTS500011: The resource principal named https://nowhere.example was not found", Id = "i" },
        new(Imds, 400, """{"error":"invalid_request","error_description":"AADSTS50001: The resource is not valid","correlation_id":"i"}""", ResourceNotFound)
            { Code = "invalid_request", Says = "AADSTS50001: The resource is not valid", Id = "i" },
        new(Imds, 400, """{"error":"invalid_request","error_description":"AADSTS500014: The service principal for resource 'x' is disabled."}""", RequestRefused)
            { Code = "invalid_request", Says = "AADSTS500014: The service principal for resource 'x' is disabled." },
        new(Imds, 400, """{"error":"unauthorized_client","error_description":"AADSTS700016: not found in the directory"}""", AccessDenied)
            { Code = "unauthorized_client", Says = "AADSTS700016: not found in the directory" },
        new(Imds, 400, """{"error":"access_denied"}""", AccessDenied) { Code = "access_denied" },
        new(Imds, 400, """{"error":"unsupported_response_type"}""", RequestRefused) { Code = "unsupported_response_type" },
        new(Imds, 400, """{"error":"invalid_scope","error_description":"x"}""", RequestRefused) { Code = "invalid_scope", Says = "x" },
        new(Imds, 400, "", RequestRefused),
        new(Imds, 401, """{"error":"unknown_source","error_description":"Unknown Source /metadata/identity"}""", AccessDenied)
            { Code = "unknown_source", Says = "Unknown Source /metadata/identity" },
        new(Imds, 403, """{"error":"access_denied","error_description":"forwarded"}""", AccessDenied) { Code = "access_denied", Says = "forwarded" },
        new(Imds, 404, "", EndpointUnavailable),
        new(Imds, 404, """{"error":"not_found"}""", EndpointUnavailable) { Code = "not_found" },
        new(Imds, 408, "", EndpointUnavailable),
        new(Imds, 410, "", EndpointUnavailable),
        new(Imds, 410, """{"error":"gone","error_description":"updating"}""", EndpointUnavailable) { Code = "gone", Says = "updating" },
        new(Imds, 410, "Gone", EndpointUnavailable) { Says = "Gone" },
        new(Imds, 429, "", Throttled),
        new(Imds, 429, """{"error":"too_many_requests","error_description":"Temporarily throttled, too many requests"}""", Throttled)
            { Code = "too_many_requests", Says = "Temporarily throttled, too many requests" },
        new(Imds, 500, """{"error":"unknown","error_description":"Failed to retrieve token from the Active directory."}""", EndpointUnavailable)
            { Code = "unknown", Says = "Failed to retrieve token from the Active directory." },
        new(Imds, 500, "Internal Server Error", EndpointUnavailable) { Says = "Internal Server Error" },
        new(Imds, 502, "<html><body>Bad Gateway</body></html>", EndpointUnavailable) { Says = "<html><body>Bad Gateway</body></html>" },
        new(Imds, 503, "", EndpointUnavailable),
        new(Imds, 504, """{"error":"x","error_descr""", EndpointUnavailable) { Says = """{"error":"x","error_descr""" },

        // App Service and Machine Learning: with a status of their own.
        new(AppService, 400, $$"""{"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.","correlationId":"{{Guid1}}"}""", IdentityNotFound)
            { Says = "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.", Id = Guid1 },
        new(AppService, 400, $$"""{"StatusCode":400,"Message":"No Managed Identity found for specified ClientId/ResourceId/PrincipalId.","CorrelationId":"{{Guid1}}"}""", IdentityNotFound)
            { Says = "No Managed Identity found for specified ClientId/ResourceId/PrincipalId.", Id = Guid1 },
        new(AppService, 400, """{"statusCode":400,"message":"No User Assigned Managed Identity found for specified ClientId"}""", IdentityNotFound)
            { Says = "No User Assigned Managed Identity found for specified ClientId" },
        new(AppService, 400, $$"""{"StatusCode":400,"Message":"No MSI found for specified ClientId/ResourceId.","CorrelationId":"{{Guid1}}"}""", IdentityNotFound)
            { Says = "No MSI found for specified ClientId/ResourceId.", Id = Guid1 },
        new(AppService, 400, $$"""{"statusCode":400,"message":"Unable to load the proper Managed Identity.","correlationId":"{{Guid1}}"}""", IdentityNotFound)
            { Says = "Unable to load the proper Managed Identity.", Id = Guid1 },
        new(AppService, 400, """{"statusCode":400,"message":"Bad Request","correlationId":"i"}""", RequestRefused) { Says = "Bad Request", Id = "i" },
        new(AppService, 400, """{"statusCode":400,"message":"AADSTS500011: The resource principal named x was not found"}""", ResourceNotFound)
            { Says = "AADSTS500011: The resource principal named x was not found" },
        new(AppService, 401, """{"message":"Unauthorized"}""", AccessDenied) { Says = "Unauthorized" },
        new(AppService, 403, "", AccessDenied),
        new(AppService, 404, """{"message":"Not Found","correlationId":"i"}""", EndpointUnavailable) { Says = "Not Found", Id = "i" },
        new(AppService, 429, """{"statusCode":429,"message":"slow down"}""", Throttled) { Says = "slow down" },
        new(AppService, 500, $$"""{"statusCode":500,"message":"An unexpected error occured while fetching the AAD Token.","correlationId":"{{Guid1}}"}""", EndpointUnavailable)
            { Says = "An unexpected error occured while fetching the AAD Token.", Id = Guid1 },
        new(AppService, 500, """{"message":"text"}""", EndpointUnavailable) { Says = "text" },
        new(AppService, 500, "{}", EndpointUnavailable) { Says = "{}" },
        new(AppService, 500, """{"error":""}""", EndpointUnavailable) { Says = """{"error":""}""" },
        new(AppService, 503, "<!DOCTYPE html><html><h1>Service Unavailable</h1></html>", EndpointUnavailable)
            { Says = "<!DOCTYPE html><html><h1>Service Unavailable</h1></html>" },
        new(MachineLearning, 400, """{"statusCode":400,"message":"identity not assigned to the compute"}""", IdentityNotFound) { Says = "identity not assigned to the compute" },
        new(MachineLearning, 403, """{"error":{"code":"UserError","message":"wrong secret"}}""", AccessDenied) { Code = "UserError", Says = "wrong secret" },
        new(MachineLearning, 500, "", EndpointUnavailable),

        // Azure Arc: flat.
        new(AzureArc, 400, """{"error":"invalid_request","error_description":"bad","correlation_id":"i"}""", RequestRefused) { Code = "invalid_request", Says = "bad", Id = "i" },
        new(AzureArc, 401, """{"error":"unauthorized","error_description":"wrong key"}""", AccessDenied) { Code = "unauthorized", Says = "wrong key" },
        new(AzureArc, 401, "", AccessDenied),
        new(AzureArc, 404, "", EndpointUnavailable),
        new(AzureArc, 500, """{"error":"internal","error_description":"agent is starting"}""", EndpointUnavailable) { Code = "internal", Says = "agent is starting" },

        // Cloud Shell: nested.
        new(CloudShell, 400, """{"error":{"code":"AudienceNotSupported","message":"Audience https://nowhere.example is not supported."}}""", ResourceNotFound)
            { Code = "AudienceNotSupported", Says = "Audience https://nowhere.example is not supported." },
        new(CloudShell, 400, """{"error":{"code":"BadRequest","message":"x"}}""", RequestRefused) { Code = "BadRequest", Says = "x" },
        new(CloudShell, 404, """{"error":{"code":"NotFound","message":"x"}}""", EndpointUnavailable) { Code = "NotFound", Says = "x" },
        new(CloudShell, 500, """{"error":{"code":"InternalServerError","message":"x"}}""", EndpointUnavailable) { Code = "InternalServerError", Says = "x" },

        // Service Fabric: nested, with a correlation id.
        new(ServiceFabric, 400, """{"error":{"correlationId":"i","code":"SecretHeaderNotFound","message":"Secret is not found in the request headers."}}""", AccessDenied)
            { Code = "SecretHeaderNotFound", Says = "Secret is not found in the request headers.", Id = "i" },
        new(ServiceFabric, 404, """{"error":{"correlationId":"i","code":"ManagedIdentityNotFound","message":"Managed identity not found for the specified application host."}}""", IdentityNotFound)
            { Code = "ManagedIdentityNotFound", Says = "Managed identity not found for the specified application host.", Id = "i" },
        new(ServiceFabric, 400, """{"error":{"correlationId":"i","code":"ArgumentNullOrEmpty","message":"The parameter 'resource' should not be null or empty string."}}""", RequestRefused)
            { Code = "ArgumentNullOrEmpty", Says = "The parameter 'resource' should not be null or empty string.", Id = "i" },
        new(ServiceFabric, 400, """{"error":{"correlationId":"i","code":"InvalidApiVersion","message":"x"}}""", RequestRefused) { Code = "InvalidApiVersion", Says = "x", Id = "i" },
        new(ServiceFabric, 404, """{"error":{"correlationId":"i","code":"Other","message":"x"}}""", RequestRefused) { Code = "Other", Says = "x", Id = "i" },
        new(ServiceFabric, 429, "Too many requests. Retry after 5 seconds.", Throttled) { Says = "Too many requests. Retry after 5 seconds." },
        new(ServiceFabric, 500, """{"error":{"correlationId":"i","code":"InternalServerError","message":"x"}}""", EndpointUnavailable)
            { Code = "InternalServerError", Says = "x", Id = "i" },

        // 200 and no token.
        new(Imds, 200, """{"error":"unknown","error_description":"x","correlation_id":"i"}""", InvalidResponse) { Code = "unknown", Says = "x", Id = "i" },
        new(AppService, 200, """{"expires_on":"1792353097","token_type":"Bearer"}""", InvalidResponse),
        new(AppService, 200, """{"access_token":"","expires_on":"1792353097"}""", InvalidResponse),
        new(AppService, 200, """{"access_token":null,"expires_on":"1792353097"}""", InvalidResponse),
        new(AppService, 200, """{"access_token":"two lines\nof it","expires_on":"1792353097"}""", InvalidResponse),
        new(AppService, 200, """{"access_token":"schön","expires_on":"1792353097"}""", InvalidResponse),
        new(AppService, 200, """{"access_token":"with blank","expires_on":"1792353097"}""", InvalidResponse),
        new(AppService, 200, """{"access_token":"aaa","expires_on":"17923""", InvalidResponse) { ErrorCode = "managed_identity_response_parse_failure" },
        new(AppService, 200, """{"access_token":"aaa"}{"access_token":"bbb"}""", InvalidResponse) { ErrorCode = "managed_identity_response_parse_failure" },
        new(AppService, 200, "{ oh: dear }", InvalidResponse) { ErrorCode = "managed_identity_response_parse_failure" },
    ];
}
