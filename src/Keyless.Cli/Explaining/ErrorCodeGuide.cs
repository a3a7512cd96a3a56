namespace Keyless.Cli.Explaining;

/// <summary>The error codes of MSAL.NET, each with the kinds of failure that it stands for.</summary>
internal static class ErrorCodeGuide
{
    private const string RequestFailed = "managed_identity_request_failed";

    // Published troubleshooting pages call it so; no version of MSAL.NET ever threw it.
    private const string FailedResponse = "managed_identity_failed_response";

    // The answers without access_token, and those without any expiry, carry the coarser code.
    private static readonly FailureKind[] AlsoRequestFailed = [FailureKind.InvalidResponse, FailureKind.InvalidExpiry];

    public static IEnumerable<Explanation> All =>
        FailureGuide.All.Select(guide => guide.ErrorCode).Distinct(StringComparer.Ordinal).Select(Of).Append(Of(RequestFailed) with
        {
            Term = FailedResponse,
            SameAs = RequestFailed,
            Meaning = $"The name that troubleshooting pages give to {RequestFailed}, which is what MSAL.NET throws.",
        });

    private static Explanation Of(string code) => new()
    {
        Type = TermType.ErrorCode,
        Term = code,
        Kinds = [.. FailureGuide.All.Where(guide => StandsFor(code, guide))],
    };

    private static bool StandsFor(string code, FailureGuide guide) =>
        guide.ErrorCode == code || (code == RequestFailed && AlsoRequestFailed.Contains(guide.Kind));
}
