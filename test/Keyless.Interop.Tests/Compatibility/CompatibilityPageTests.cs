using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Keyless.Interop.Tests.Clients;

namespace Keyless.Interop.Tests.Compatibility;

/// <summary>docs/emulator-compatibility.md says what <see cref="CompatibilityTable"/> says, which the tests hold the clients to.</summary>
public sealed class CompatibilityPageTests
{
    private const string CompatibilityPage = "docs/emulator-compatibility.md";

    private static readonly (SourceKind Source, string Name)[] Columns =
    [
        (SourceKind.Imds, "IMDS"),
        (SourceKind.AppService, "App Service"),
        (SourceKind.AzureArc, "Azure Arc"),
        (SourceKind.CloudShell, "Cloud Shell"),
        (SourceKind.ServiceFabric, "Service Fabric"),
        (SourceKind.MachineLearning, "Machine Learning"),
    ];

    [Fact]
    public void its_table_is_the_one_that_the_tests_prove()
    {
        var text = new StringBuilder($"| Client | Version | {string.Join(" | ", Columns.Select(static column => column.Name))} |\n");
        text.Append("|---|---|---|---|---|---|---|---|\n");
        foreach (var client in InteropClient.All)
        {
            var cells = Columns.Select(column => CellOf(client, column.Source));
            text.Append(CultureInfo.InvariantCulture, $"| {client.Name} | {VersionOf(client)} | {string.Join(" | ", cells)} |\n");
        }

        Written.Check(CompatibilityPage, "clients", text.ToString());
    }

    [Fact]
    public void its_table_of_retries_is_the_one_that_the_tests_prove()
    {
        var text = new StringBuilder("| Client | Platform |");
        foreach (var trouble in Trouble.All)
            text.Append(CultureInfo.InvariantCulture, $" {trouble.Name} |");
        text.Append("\n|---|---|").Append(string.Concat(Trouble.All.Select(static _ => "---|"))).Append('\n');
        foreach (var (client, source) in RetryTable.Columns)
        {
            var platform = Columns.Single(column => column.Source == source).Name;
            var cells = Trouble.All.Select(trouble => PausesOf(client, RetryTable.PausesOf(client, source, trouble)));
            text.Append(CultureInfo.InvariantCulture, $"| {client.Name} | {platform} | {string.Join(" | ", cells)} |\n");
        }

        Written.Check(CompatibilityPage, "retries", text.ToString());
    }

    [Fact]
    public void its_list_of_consumers_has_their_versions()
    {
        const string JwtBearer = "Microsoft.AspNetCore.Authentication.JwtBearer";
        (string Name, string Version, string Proven)[] consumers =
        [
            (JwtBearer, PackageVersion(JwtBearer),
                "An API that is told the authority and its audience, and no more, lets in who has a token, and no one else."),
            ("jose", NodeVersion("jose"),
                "A token is verified by the discovery document; one for another audience, or with changed claims, is refused."),
            ("azurite", NodeVersion("azurite"),
                "With `--oauth basic`, and `EmulatorOptions.Issuer` set to `Entra`, it lets in who has a token for storage, and no one else."),
        ];
        var text = new StringBuilder("| Consumer | Version | Proven |\n|---|---|---|\n");
        foreach (var (name, version, proven) in consumers)
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {version} | {proven} |\n");

        Written.Check(CompatibilityPage, "consumers", text.ToString());
    }

    [Fact]
    public void each_source_has_a_column() => Assert.Equal(Enum.GetValues<SourceKind>(), Columns.Select(static column => column.Source));

    private static string PausesOf(InteropClient client, IReadOnlyList<double> pauses)
    {
        var text = string.Join(", ", pauses.Select(static pause => pause.ToString(CultureInfo.InvariantCulture)));
        return pauses.Count == 0 ? "final" : $"{(RetryTable.DrawsPauses(client) ? "≥ " : "")}{text} s";
    }

    private static string CellOf(InteropClient client, SourceKind source)
    {
        var kinds = CompatibilityTable.Kinds.Order().ToLookup(kind => CompatibilityTable.ExpectedOf(client, source, kind), LetterOf);
        var gets = string.Join(' ', kinds[Outcome.Token]);
        return kinds[Outcome.Ignored].Any() ? $"{gets} ({string.Join(' ', kinds[Outcome.Ignored])} ignored)" : gets;
    }

    private static char LetterOf(ManagedIdentityKind kind) => kind switch
    {
        ManagedIdentityKind.ClientId => 'C',
        ManagedIdentityKind.ObjectId => 'O',
        ManagedIdentityKind.ResourceId => 'R',
        _ => 'S',
    };

    private static string VersionOf(InteropClient client) => client switch
    {
        DotNetClient => PackageVersion(client.Name),
        NodeClient => NodeVersion(client.Name),
        _ => "the machine's",
    };

    private static string PackageVersion(string package) => XDocument.Load(Repository.PathOf("Directory.Packages.props"))
        .Descendants("PackageVersion")
        .Single(element => (string?)element.Attribute("Include") == package)
        .Attribute("Version")!.Value;

    private static string NodeVersion(string package)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("test/Keyless.Interop.Tests/node/package.json")));
        return file.RootElement.GetProperty("dependencies").GetProperty(package).GetString()!;
    }
}
