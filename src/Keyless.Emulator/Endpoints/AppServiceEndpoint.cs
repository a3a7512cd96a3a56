using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Endpoints;

/// <summary>App Service and its relatives, with the protocol of 2019 and beside it the one of 2017.</summary>
internal sealed class AppServiceEndpoint(VirtualHost host, string? secret) : IEndpoint
{
    private const string Version = "2019-08-01";
    private const string OldVersion = "2017-09-01";

    private static readonly SelectorParameter[] Selectors =
    [
        new("client_id", SelectorKind.ClientId),
        new("object_id", SelectorKind.ObjectId),
        new("principal_id", SelectorKind.ObjectId),
        new("mi_res_id", SelectorKind.ResourceId),
    ];

    private static readonly SelectorParameter[] OldSelectors = [new("clientid", SelectorKind.ClientId)];

    private readonly SecretHeader _secret = SecretHeader.Create("X-IDENTITY-HEADER", secret);

    public string Path => "/msi/token";

    public IReadOnlyDictionary<string, string> VariablesAt(Uri endpoint) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["IDENTITY_ENDPOINT"] = endpoint.AbsoluteUri,
        ["IDENTITY_HEADER"] = _secret.Reveal(),
        ["MSI_ENDPOINT"] = endpoint.AbsoluteUri,
        ["MSI_SECRET"] = _secret.Reveal(),
    };

    public RequestFacts Describe(EndpointRequest request) => request.IsFor(Path)
        ? RequestFacts.Of(Leg.Token, host.Choose(request.Query, IsOld(request) ? OldSelectors : Selectors), request.Query["resource"])
        : new RequestFacts(Leg.Other);

    public EndpointAnswer Refuse(int status, string code, string text) => AppServiceProtocol.Error(status, text);

    public ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        if (AppServiceProtocol.Misrouted(request, SourceKind.AppService, Path) is { } refusal)
            return new(refusal);

        return request.Query["api-version"] switch
        {
            Version => AnswerAsync(request, _secret, Selectors, AppServiceProtocol.Epoch, cancellationToken),
            OldVersion => AnswerAsync(request, _secret.In("secret"), OldSelectors, AppServiceProtocol.Date, cancellationToken),
            var version => new(AppServiceProtocol.UnknownVersion(version, $"{Version} or {OldVersion}")),
        };
    }

    private static bool IsOld(EndpointRequest request) => request.Query["api-version"] is OldVersion;

    private ValueTask<EndpointAnswer> AnswerAsync(
        EndpointRequest request,
        SecretHeader secret,
        SelectorParameter[] selectors,
        Func<DateTimeOffset, string> writeExpiry,
        CancellationToken cancellationToken) =>
        secret.Matches(request.Headers)
            ? AppServiceProtocol.TokenAsync(host, request, selectors, writeExpiry, cancellationToken)
            : new(AppServiceProtocol.WrongSecret(secret));
}
