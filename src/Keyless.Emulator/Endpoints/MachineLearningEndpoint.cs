using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Endpoints;

/// <summary>A compute of Azure Machine Learning: App Service's protocol of 2017, with a default identity in a variable.</summary>
internal sealed class MachineLearningEndpoint(VirtualHost host, string? secret) : IEndpoint
{
    private const string Version = "2017-09-01";

    private static readonly SelectorParameter[] Selectors = [new("clientid", SelectorKind.ClientId)];

    // Ignoring these would hand out the default identity's token for another one's.
    private static readonly string[] ForeignSelectors = ["client_id", "object_id", "principal_id", "msi_res_id", "mi_res_id"];

    private readonly SecretHeader _secret = SecretHeader.Create("secret", secret);

    public string Path => "/MSI/auth";

    public IReadOnlyDictionary<string, string> VariablesAt(Uri endpoint)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MSI_ENDPOINT"] = endpoint.AbsoluteUri,
            ["MSI_SECRET"] = _secret.Reveal(),
        };
        if (host.Identities is [var first, ..])
            variables["DEFAULT_IDENTITY_CLIENT_ID"] = first.ClientId.ToString();
        return variables;
    }

    public RequestFacts Describe(EndpointRequest request) => request.IsFor(Path)
        ? RequestFacts.Of(Leg.Token, host.Choose(request.Query, Selectors), request.Query["resource"])
        : new RequestFacts(Leg.Other);

    public EndpointAnswer Refuse(int status, string code, string text) => AppServiceProtocol.Error(status, text);

    public ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        if (AppServiceProtocol.Misrouted(request, SourceKind.MachineLearning, Path) is { } refusal)
            return new(refusal);
        if (request.Query["api-version"] is not Version)
            return new(AppServiceProtocol.UnknownVersion(request.Query["api-version"], Version));
        if (!_secret.Matches(request.Headers))
            return new(AppServiceProtocol.WrongSecret(_secret));
        if (Array.Find(ForeignSelectors, name => request.Query[name] is not null) is { } foreign)
            return new(AppServiceProtocol.Error(400, $"The parameter {foreign} is not supported here. Choose the identity by clientid."));

        return AppServiceProtocol.TokenAsync(host, request, Selectors, AppServiceProtocol.Epoch, cancellationToken);
    }
}
