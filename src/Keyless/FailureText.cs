using System.Globalization;
using System.Text;
using Keyless.Sources;

namespace Keyless;

/// <summary>Writes a failure as one line: what happened, where, how often it was tried, what to do next.</summary>
internal static class FailureText
{
    public static string Compose(TokenFailure failure)
    {
        var text = new StringBuilder("[Managed Identity] ").Append(failure.Message);
        if (failure.HostMessage is { Length: > 0 } said && !failure.Message.Contains(said, StringComparison.Ordinal))
            text.Append(" The host says: ").Append(said.TrimEnd('.')).Append('.');

        var facts = Facts(failure).ToList();
        if (facts.Count > 0)
            text.Append(" (").AppendJoin("; ", facts).Append(')');
        return text.Append(" What to do: ").Append(failure.NextStep).ToString();
    }

    private static IEnumerable<string> Facts(TokenFailure failure)
    {
        yield return $"{failure.Kind}, {failure.ErrorCode}";
        if (failure.Source is { } source)
            yield return failure.Endpoint is null ? source.DisplayName() : $"{source.DisplayName()} at {failure.Endpoint}";
        if (failure.StatusCode is { } status)
            yield return string.Create(CultureInfo.InvariantCulture, $"status {(int)status}");
        if (failure.HostErrorCode is { Length: > 0 } code)
            yield return $"host error {code}";
        if (failure.Attempts > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{failure.Attempts} {(failure.Attempts == 1 ? "attempt" : "attempts")} in {failure.Elapsed.TotalSeconds:0.0} s");
        if (failure.RetryAfter is { } wait)
            yield return string.Create(CultureInfo.InvariantCulture, $"retry after {wait.TotalSeconds:0} s");
        if (failure.HostCorrelationId is { Length: > 0 } host)
            yield return $"host correlation id {host}";
        if (failure.CorrelationId != Guid.Empty)
            yield return $"correlation id {failure.CorrelationId:D}";
    }
}
