namespace Keyless.Msal.Tests.Comparison;

/// <summary>The differences that are meant: the table behind the page on migration. What is not in it fails the comparison.</summary>
internal static class KnownDifferences
{
    private const string Any = "*";
    private const string Failed = "MsalServiceException managed_identity_request_failed";

    public static readonly IReadOnlyList<KnownDifference> All =
    [
        // Waiting and repeating.
        new("502 from any source but IMDS", "final", "tried again like 503", "A gateway in front of the endpoint is as transient as the endpoint.")
        {
            Shows = [("retries-others: AppService, 502*", "outcome", Failed, "a token"), ("retries-others: AppService, 502*", "requests", "1: *", "2: *")],
        },
        new("A failure, asked for again at once", "sent again", "answered from memory: 10 s for what somebody must change, until its pause is over for what passes by itself", "A misconfigured service must not hammer its host. Not so with `retryOnceOn5xx: false`: who switches retries off makes their own.")
        {
            Shows = [("flow: a failed call made again at once", "outcome", "a token", Failed), ("flow: a failed call made again at once", "requests", "2: *", "1: *")],
        },
        new("`IsRetryable`", "by status: 404, 408, 429, 500, 503, 504", "whether the same call may succeed later: also 410, 502, a connection refused or lost, a token that came expired", "It is what the property is asked for.")
        {
            Shows =
            [
                ("answers: *200 and expired", "retryable", "False", "True"),
                ("errors: AppService, nothing listens", "retryable", "False", "True"),
                ("*410*", "retryable", "False", "True"),
                ("statuses: *502*", "retryable", "False", "True"),
                ("statuses: Imds, 504*", "retryable", "False", "True"),
                ("statuses: AppService, the connection breaks", "retryable", "False", "True"),
            ],
        },

        // The cache.
        new("Callers who waited for one request", "the first says `IdentityProvider`, the others `Cache`", "all say `IdentityProvider`", "Each of them waited for the endpoint.")
        {
            Shows = [("flow: ten calls at once", "from the endpoint", "one", "several or none")],
        },
        new("A token's last minutes", "not handed out in the last 5", "handed out until 30 s before the expiry, and to the end if no new one can be had; of a token that lives less than 5 minutes, for nine tenths of its life", "A token that lives 4 minutes would be asked for at each call, and an outage of the endpoint be felt 5 minutes early.")
        {
            Shows =
            [
                ("flow: a token that lives 4 minutes*", "token", "b", "a"), ("flow: a token that lives 4 minutes*", "from", "IdentityProvider", "Cache"),
                ("flow: a token that lives 4 minutes*", "reason", "Expired", "NotApplicable"), ("flow: a token that lives 4 minutes*", "level", "None", "L1Cache"),
                ("flow: a token that lives 4 minutes*", "parameters", "0", ""),
                ("flow: a token that lives 4 minutes*", "requests", "2: *", "1: *"),
            ],
        },
        new("Renewal ahead of time", "of tokens that live more than 2 hours, at half-life; `RefreshOn` is null for others", "of every token: at half-life from 2 hours on, at three quarters below; up to a tenth of the life earlier, drawn once", "Tokens of an hour are renewed without anybody waiting, and machines that got theirs together renew apart.")
        {
            Shows = [("*", "refresh", "none", "before the expiry")],
        },
        new("The endpoint's variable changes", "another application is still answered from the cache", "another application asks the new endpoint; one that has its token keeps it until renewal", "Tokens are kept by endpoint: what one machine's endpoint gave is not handed out as another's.")
        {
            Shows = [("flow: another application after*", Any, Any, Any)],
        },
        new("`WithExtraQueryParameters` of a single request", "not sent, but part of the cache key where the flag says so", "not sent, not part of the cache key", "What is not sent can't change the token.")
        {
            Shows = [("flow: extra query parameters of a request", Any, Any, Any)],
        },

        // Identity and trust.
        new("A token of another identity than the one asked for", "returned", "`user_assigned_managed_identity_not_confirmed`", "The wrong identity is never returned. MSAL.NET checks on Azure Arc only.")
        {
            Shows = [("flow: a token of another identity", "outcome", "a token", "*not_confirmed")],
        },
        new("After claims the endpoint hands out the rejected token again", "returned", "`managed_identity_request_failed`, `IsRetryable`", "The resource has just refused it.")
        {
            Shows = [("flow: claims, and the same token again", "outcome", "a token", Failed)],
        },
        new("A resource that can't be one (blank, several scopes, a bare host name)", "sent to the endpoint", "`ArgumentException` from `AcquireTokenForManagedIdentity`, with a hint", "Found before anything is sent.")
        {
            Shows = [("checks: a blank resource", "outcome", "fine", "ArgumentException"), ("checks: a host name*", "outcome", "fine", "ArgumentException"), ("checks: two scopes*", "outcome", "fine", "ArgumentException")],
        },
        new("`DEFAULT_IDENTITY_CLIENT_ID` is missing on Azure Machine Learning", "`invalid_managed_identity_id_type`", "the request is sent without `clientid`", "The 2017 form of App Service has the same two variables and no such third one.")
        {
            Shows = [("errors: MachineLearning, no default identity", Any, Any, Any)],
        },
        new("An endpoint variable with another scheme than http and https", "`managed_identity_request_failed`", "`invalid_managed_identity_endpoint`", "The variable is what must be corrected.")
        {
            Shows = [("errors: AppService, the endpoint is another scheme", "outcome", Failed, "*invalid_managed_identity_endpoint")],
        },
        new("The `Metadata` header", "not sent to App Service", "sent there, too", "Azure Automation, which shares App Service's variables, insists on it.")
        {
            Shows = [("*", "metadata header", "none", "true"), ("flow: an application outlives*", "metadata header", "none true", "true")],
        },

        // Reading answers.
        new("`expires_on` and `expires_in` that disagree", "the later one in the text", "`expires_on`", "It does not depend on the order of members.")
        {
            Shows = [("answers: expiry: both, expires_in last*", "minutes", "333", "180")],
        },
        new("A lifetime of more than 25 hours", "believed, up to 10 years", "taken to be 25 hours, with a warning in the log", "No managed identity token lives longer.")
        {
            Shows = [("answers: expiry: a year", "minutes", Any, "1500")],
        },
        new("`TokenType`", "as received, even empty", "`Bearer` in that spelling where it is missing or spelt otherwise", "`CreateAuthorizationHeader` makes a header that servers take.")
        {
            Shows = [("answers: token type 'bearer'", "type", "bearer", "Bearer"), ("answers: token type ''", "type", "", "Bearer"), ("answers: token type *", "header", "False", "True")],
        },

        // What results and exceptions say.
        new("`TokenEndpoint`", "null", "the address that was asked, without query; null from the cache", "It is what the property is for.")
        {
            Shows = [("*", "endpoint", "none", "some")],
        },
        new("`ResponseBody` and `Headers`", "null", "what the endpoint answered, with secrets and tokens struck out", "Support asks for it.")
        {
            Shows = [("*", "body", "none", "some"), ("*", "headers", "none", "some")],
        },
        new("`StatusCode` of IMDS's 400, 502 and 504", "0", "400, 502, 504", "It is the status.")
        {
            Shows = [("*Imds, *", "status", "0", "400"), ("statuses: Imds, 502*", "status", "0", "502"), ("statuses: Imds, 504*", "status", "0", "504")],
        },
        new("A secret that the endpoint echoes", "in the message", "struck out", "Messages end up in logs.")
        {
            Shows = [("errors: *, 400 the secret echoed", "secrets", "in the text", "none")],
        },
        new("`Message`", "words of its own in each case", "what happened, where, how often it was tried, and what to do; always begins with `[Managed Identity]`", "Branch on codes; words may change in either library.")
        {
            Shows = [("*", "message", "other", "[Managed Identity] …")],
        },
        new("`InnerException`", "the parser's exception, among others", "only the exception of the network, if there was one", "A parser's text may quote the token.")
        {
            Shows =
            [
                ("answers: *", "cause", "JsonException", ""), ("errors: AppService, the endpoint is another scheme", "cause", "NotSupportedException", ""),
                ("errors: AppService, the endpoint is no URL", "cause", "UriFormatException", ""), ("statuses: AppService, the client gives up", "cause", "TaskCanceledException", "TimeoutException"),
                ("statuses: AppService, the connection breaks", "cause", "HttpRequestException", "HttpIOException"),
            ],
        },
        new("`AdditionalExceptionData` of a timeout", "empty", "names the source", "As with any other failure.")
        {
            Shows = [("statuses: AppService, the client gives up", "source", "", "AppService")],
        },
        new("`ToJsonString`", "loses data of other keys and the status", "keeps them; the status as `status_code`", "What was written can be read again.")
        {
            Shows =
            [
                ("checks: MsalServiceException with everything as JSON", "json.additional_exception_data", Any, Any), ("checks: MsalServiceException with everything as JSON", "data", Any, Any),
                ("checks: * as JSON", "json.status_code", "(none)", Any),
            ],
        },
        new("`ParamName` of refused arguments", "null, or `ErrorCode`", "the parameter's name", "It is what the property is for.")
        {
            Shows = [("checks: *", "parameter", "", Any), ("checks: *", "parameter", "ErrorCode", "errorCode")],
        },
        new("The log without the switch for personal data", "names the client id", "names no identity and no address", "That is what the switch is for.")
        {
            Shows = [("checks: the log tells of no identity*", "identity", "True", "False")],
        },
    ];
}
