using System.Globalization;
using System.Text;
using Keyless.Docs.Tests.Pages;
using Keyless.Sources;

namespace Keyless.Docs.Tests;

/// <summary>docs/sources.md says what <see cref="SourceDetector"/> decides and what each source sends.</summary>
public sealed class SourcesPageTests
{
    private const string SourcesPage = "docs/sources.md";
    private const string SomeId = "6f6f8d40-9d6c-4bd5-a5c4-6d8b6e4a1f00";
    private const string SomeResourceId = $"/subscriptions/{SomeId}/resourceGroups/group/providers/Microsoft.ManagedIdentity/userAssignedIdentities/name";

    // What a platform sets; a secret is shown by the name of its variable.
    private static readonly (SourceKind Source, string[] Variables)[] Machines =
    [
        (SourceKind.ServiceFabric, [
            "IDENTITY_ENDPOINT=https://localhost:2377/metadata/identity/oauth2/token", "IDENTITY_HEADER={IDENTITY_HEADER}",
            "IDENTITY_SERVER_THUMBPRINT=0123456789abcdef0123456789abcdef01234567"]),
        (SourceKind.AppService, ["IDENTITY_ENDPOINT=http://127.0.0.1:41234/msi/token", "IDENTITY_HEADER={IDENTITY_HEADER}"]),
        (SourceKind.MachineLearning, ["MSI_ENDPOINT=http://127.0.0.1:46808/MSI/auth", "MSI_SECRET={MSI_SECRET}", "DEFAULT_IDENTITY_CLIENT_ID={DEFAULT_IDENTITY_CLIENT_ID}"]),
        (SourceKind.CloudShell, ["MSI_ENDPOINT=http://localhost:50342/oauth2/token"]),
        (SourceKind.AzureArc, ["IDENTITY_ENDPOINT=http://localhost:40342/metadata/identity/oauth2/token", "IMDS_ENDPOINT=http://localhost:40342"]),
        (SourceKind.Imds, []),
    ];

    private static readonly ManagedIdentity[] Identities =
    [
        ManagedIdentity.SystemAssigned, ManagedIdentity.FromClientId(SomeId), ManagedIdentity.FromObjectId(SomeId), ManagedIdentity.FromResourceId(SomeResourceId),
    ];

    [Fact]
    public void its_order_is_the_order_of_the_rules()
    {
        var text = new StringBuilder("| # | If | the source is |\n|---|---|---|\n");
        var steps = SourceDetection.Detect(MachineEnvironment.FromVariables([])).Steps;
        for (var i = 0; i < steps.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"| {i + 1} | {CodeOf(steps[i].Rule)} | {steps[i].Source.DisplayName()} |\n");

        Written.Check(SourcesPage, "order", text.ToString());
    }

    [Fact]
    public void its_requests_are_those_that_are_sent()
    {
        foreach (var (source, variables) in Machines)
        {
            var request = Describe(source, variables, ManagedIdentity.SystemAssigned);
            var text = new StringBuilder($"```http\n{request.Method} {request.Uri.AbsoluteUri}\n");
            foreach (var (name, value) in request.Headers)
                text.Append(CultureInfo.InvariantCulture, $"{name}: {ValueOf(name, value)}\n");
            if (request.Form is not null)
                text.Append(CultureInfo.InvariantCulture, $"Content-Type: {request.ToMessage().Content!.Headers.ContentType}\n\n{request.Form}\n");

            Written.Check(SourcesPage, $"request-{source}", text.Append("```").ToString().Replace("%7B", "{", StringComparison.Ordinal).Replace("%7D", "}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void its_identities_are_those_that_sources_take()
    {
        var text = new StringBuilder("| Source | system-assigned | client id | object id | resource id |\n|---|---|---|---|---|\n");
        foreach (var (source, variables) in Machines)
            text.Append(CultureInfo.InvariantCulture, $"| {source.DisplayName()} | {string.Join(" | ", Identities.Select(identity => HowToAsk(source, variables, identity)))} |\n");

        Written.Check(SourcesPage, "identities", text.ToString());
    }

    private static EndpointRequest Describe(SourceKind expected, string[] variables, ManagedIdentity identity)
    {
        var machine = MachineEnvironment.FromVariables(variables.Select(static variable => variable.Split('=', 2)).Select(static pair => KeyValuePair.Create(pair[0], pair[1])));
        var source = SourceDetector.Find(machine, pinned: null);
        Assert.Equal(expected, source.Kind);
        return source.Describe(source.Connect(machine, []), new TokenQuery(identity, "https://vault.azure.net"));
    }

    private static string HowToAsk(SourceKind source, string[] variables, ManagedIdentity identity)
    {
        try
        {
            var query = Describe(source, variables, identity).Uri.Query;
            var parameter = query.TrimStart('?').Split('&')
                .Select(static pair => pair.Split('=')[0])
                .SingleOrDefault(static name => name is not ("" or "api-version" or "resource"));
            return parameter is null ? "nothing is sent" : $"`{parameter}`";
        }
        catch (ManagedIdentityException e)
        {
            return $"[{e.Kind}](errors.md#{e.Kind.ToString().ToLowerInvariant()})";
        }
    }

    private static string ValueOf(string header, string value) => header switch
    {
        "x-client-Ver" => "{version of Keyless}",
        "x-ms-client-request-id" => "{correlation id}",
        _ => value,
    };

    // Variables' names are set as code.
    private static string CodeOf(string rule) =>
        string.Join(' ', rule.Split(' ').Select(static word => word.Contains('_', StringComparison.Ordinal) ? word.EndsWith(',') ? $"`{word[..^1]}`," : $"`{word}`" : word));
}
