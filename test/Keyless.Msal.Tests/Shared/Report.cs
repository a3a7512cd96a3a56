using System.Globalization;

namespace SameCode;

/// <summary>What happened in a case, as facts with names; everything that must differ from run to run is left out or rounded.</summary>
internal sealed class Report
{
    private readonly List<KeyValuePair<string, string>> _facts = [];
    private int _calls;

    public IReadOnlyDictionary<string, string> Facts =>
        _facts.GroupBy(fact => fact.Key).ToDictionary(same => same.Key, same => string.Join(" / ", same.Select(fact => fact.Value)));

    public void Add(string name, object? value) => _facts.Add(new(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null"));

    /// <summary>Calls, and notes the result or what was thrown, each as <c>N.fact</c>.</summary>
    public async Task CallAsync(Func<Task<AuthenticationResult>> call)
    {
        var prefix = $"{++_calls}.";
        try
        {
            var result = await call();
            Add(prefix + "outcome", "a token");
            AddResult(prefix, result);
        }
        catch (Exception e)
        {
            AddException(prefix, e);
        }
    }

    /// <summary>Does something, and notes whether it threw.</summary>
    public void Try(Action action)
    {
        var prefix = $"{++_calls}.";
        try
        {
            action();
            Add(prefix + "outcome", "fine");
        }
        catch (Exception e)
        {
            AddException(prefix, e);
        }
    }

    public void AddException(string prefix, Exception e)
    {
        Add(prefix + "outcome", e is MsalException { ErrorCode: var code } ? $"{e.GetType().Name} {code}" : e.GetType().Name);
        if (e is ArgumentException argument)
            Add(prefix + "parameter", argument.ParamName);
        if (e is not MsalException msal)
            return;
        Add(prefix + "retryable", msal.IsRetryable);
        Add(prefix + "source", msal.AdditionalExceptionData.GetValueOrDefault(MsalException.ManagedIdentitySource));
        Add(prefix + "correlation", Scene.Known(msal.CorrelationId));
        Add(prefix + "cause", msal.InnerException?.GetType().Name);
        Add(prefix + "metadata", msal.AuthenticationResultMetadata is null ? "none" : "some");
        Add(prefix + "message", msal.Message.StartsWith("[Managed Identity] ", StringComparison.Ordinal) ? "[Managed Identity] …" : "other");
        Add(prefix + "secrets", msal.ToString().Contains("sesame", StringComparison.Ordinal) ? "in the text" : "none");
        if (e is not MsalServiceException service)
            return;
        Add(prefix + "status", service.StatusCode);
        Add(prefix + "claims", service.Claims);
        Add(prefix + "body", service.ResponseBody is null ? "none" : "some");
        Add(prefix + "headers", service.Headers is null ? "none" : "some");
        Add(prefix + "suberror", service.SubErrorForLogging);
    }

    private void AddResult(string prefix, AuthenticationResult result)
    {
        var now = DateTimeOffset.UtcNow;
        var how = result.AuthenticationResultMetadata;
        Add(prefix + "token", result.AccessToken.Count(c => c == '.') == 2 ? "a JWT" : result.AccessToken);
        Add(prefix + "type", result.TokenType);
        Add(prefix + "header", result.CreateAuthorizationHeader() == $"{result.TokenType} {result.AccessToken}");
        Add(prefix + "minutes", Math.Round((result.ExpiresOn - now).TotalMinutes));
        Add(prefix + "offset", result.ExpiresOn.Offset);
        Add(prefix + "scopes", string.Join(' ', result.Scopes));
        Add(prefix + "tenant", result.TenantId);
        Add(prefix + "user", $"{result.Account}{result.IdToken}{result.UniqueId}{result.SpaAuthCode}{result.ClaimsPrincipal}{result.BindingCertificate}");
        Add(prefix + "parameters", result.AdditionalResponseParameters?.Count);
        Add(prefix + "correlation", Scene.Known(result.CorrelationId.ToString("D")));
        Add(prefix + "from", how.TokenSource);
        Add(prefix + "reason", how.CacheRefreshReason);
        Add(prefix + "level", how.CacheLevel);
        Add(prefix + "endpoint", how.TokenEndpoint is null ? "none" : "some");
        Add(prefix + "refresh", how.RefreshOn is null ? "none" : how.RefreshOn < result.ExpiresOn ? "before the expiry" : "after the expiry");
        Add(prefix + "region", how.RegionDetails?.RegionOutcome);
        Add(prefix + "times", how is { DurationTotalInMs: >= 0 and < 60_000, DurationInHttpInMs: >= 0, DurationInCacheInMs: >= 0 } && how.DurationInHttpInMs <= how.DurationTotalInMs + 1 ? "sane" : "odd");
    }
}
