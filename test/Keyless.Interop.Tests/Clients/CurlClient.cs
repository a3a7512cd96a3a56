using System.Globalization;
using System.Text.Json;
using Keyless.Interop.Calls;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests.Clients;

/// <summary>curl, by the recipes in the folder of that name, which are those of the platforms' documentation.</summary>
internal sealed record CurlClient() : InteropClient("curl")
{
    public override void Require()
    {
        Tools.Require("sh");
        Tools.Require("curl");
    }

    public override async Task<IReadOnlyList<TokenOutcome>> AskAsync(
        SourceKind source, IReadOnlyDictionary<string, string> variables, IReadOnlyList<TokenCall> calls)
    {
        var script = Repository.PathOf($"test/Keyless.Interop.Tests/curl/{RecipeOf(source)}.sh");
        var outcomes = new List<TokenOutcome>();
        foreach (var call in calls)
        {
            string[] selector = call.Id is null ? [] : [$"{SelectorOf(source, call.By)}={call.Id}"];
            var (exitCode, output, error) = await Child.RunAsync(Tools.Require("sh"), [script, call.Resource, .. selector], variables);
            Assert.True(exitCode == 0, $"{script} ended with exit code {exitCode}: {error}");
            outcomes.Add(OutcomeOf(output));
        }

        return outcomes;
    }

    private static string RecipeOf(SourceKind source) => source switch
    {
        SourceKind.AppService => "app-service",
        SourceKind.AzureArc => "azure-arc",
        SourceKind.CloudShell => "cloud-shell",
        SourceKind.ServiceFabric => "service-fabric",
        SourceKind.MachineLearning => "machine-learning",
        _ => "imds",
    };

    // Each platform has its own names.
    private static string SelectorOf(SourceKind source, string by) => (source, by) switch
    {
        (SourceKind.MachineLearning, "client") => "clientid",
        (SourceKind.ServiceFabric, "object") => "principalId",
        (SourceKind.AppService, "resource") => "mi_res_id",
        (_, "client") => "client_id",
        (_, "object") => "object_id",
        _ => "msi_res_id",
    };

    private static TokenOutcome OutcomeOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        if (!json.RootElement.TryGetProperty("access_token", out var token))
            return new TokenOutcome(ErrorType: "body", ErrorMessage: body);

        // A text or, from Service Fabric, a number.
        var expiresOn = json.RootElement.GetProperty("expires_on").ToString();
        return new TokenOutcome(token.GetString(), long.Parse(expiresOn, CultureInfo.InvariantCulture));
    }
}
