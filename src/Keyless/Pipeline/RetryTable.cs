namespace Keyless.Pipeline;

/// <summary>What is tried again, and how often. Pure.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>IMDS</term><description>404, 408, 429 and all 5xx: 3 times. If the first failure was 410 (the service is being updated): 7 times, no connection included.</description></item>
/// <item><term>Service Fabric</term><description>408, 500, 502, 503, 504: 3 times. 429: 5 times. 404 never: it means that there is no such identity.</description></item>
/// <item><term>the others</term><description>404, 408, 429, 500, 502, 503, 504: 3 times.</description></item>
/// <item><term>an attempt that timed out, or broke off</term><description>3 times.</description></item>
/// <item><term>no connection</term><description>to an announced endpoint: until the time budget is used up. To one that nothing announced: never.</description></item>
/// <item><term>400, 401, 403, all else</term><description>never.</description></item>
/// </list>
/// The counts are those of MSAL.NET's policies; 502, broken and refused connections, and Service Fabric's rows differ from it.
/// </remarks>
internal static class RetryTable
{
    public const int AsLongAsTheBudgetLasts = int.MaxValue;

    private const int Usual = 3;
    private const int DuringImdsUpdate = 7;
    private const int ServiceFabricThrottling = 5;

    /// <summary>How often the request is repeated in all, given the first and the current failure. Zero: it is final.</summary>
    public static int Retries(SourceKind source, bool announced, RetryCue first, RetryCue current) => current.Fault switch
    {
        TransportFault.None when !IsRetried(source, current.Status) => 0,
        TransportFault.CertificateRefused or TransportFault.NotHttp => 0,
        TransportFault.ConnectFailed when announced => AsLongAsTheBudgetLasts,
        _ when source == SourceKind.Imds && first.Status == 410 => DuringImdsUpdate,
        TransportFault.ConnectFailed => 0,
        TransportFault.None when source == SourceKind.ServiceFabric && current.Status == 429 => ServiceFabricThrottling,
        _ => Usual,
    };

    private static bool IsRetried(SourceKind source, int status) => (source, status) switch
    {
        (SourceKind.Imds, 404 or 408 or 410 or 429 or (>= 500 and <= 599)) => true,
        (SourceKind.Imds, _) => false,
        (SourceKind.ServiceFabric, 404) => false,
        (_, 404 or 408 or 429 or 500 or 502 or 503 or 504) => true,
        _ => false,
    };
}
