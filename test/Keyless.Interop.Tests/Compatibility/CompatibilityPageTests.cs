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
            text.Append(CultureInfo.InvariantCulture, $"| `{client.Name}` | {VersionOf(client)} | {string.Join(" | ", cells)} |\n");
        }

        Written.Check(CompatibilityPage, "clients", text.ToString());
    }

    [Fact]
    public void its_list_of_consumers_has_their_versions()
    {
        const string JwtBearer = "Microsoft.AspNetCore.Authentication.JwtBearer";
        (string Name, string Version, string Proven)[] consumers =
        [
            (JwtBearer, PackageVersion(JwtBearer), "An API that is told the authority and its audience, and no more, lets in who has a token; "
                + "it keeps out who has none, one for another audience, or one of another emulator."),
            ("jose", NodeVersion("jose"), "A token is verified by the discovery document and the keys that it leads to; "
                + "one for another audience, or with changed claims, is refused."),
            ("azurite", NodeVersion("azurite"), "Over TLS with `--oauth basic`, where `EmulatorOptions.Issuer` is `Entra`: who has a token for storage "
                + "keeps a blob and reads it back; one for another audience, or with the emulator's own issuer, is refused."),
        ];
        var text = new StringBuilder("| Consumer | Version | Proven |\n|---|---|---|\n");
        foreach (var (name, version, proven) in consumers)
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {version} | {proven} |\n");

        Written.Check(CompatibilityPage, "consumers", text.ToString());
    }

    [Fact]
    public void each_source_has_a_column() => Assert.Equal(Enum.GetValues<SourceKind>(), Columns.Select(static column => column.Source));

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
