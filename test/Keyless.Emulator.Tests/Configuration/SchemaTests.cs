using System.Reflection;
using System.Text.Json;
using Keyless.Emulator.Configuration;

namespace Keyless.Emulator.Tests.Configuration;

/// <summary>The published schema, the reader and the descriptions say the same.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(EmulatorConfiguration.Schema).RootElement;

    private static readonly Dictionary<string, Type> Descriptions = new()
    {
        ["tenant"] = typeof(TenantDescription),
        ["identity"] = typeof(IdentityDescription),
        ["host"] = typeof(HostDescription),
        ["resource"] = typeof(ResourceDescription),
        ["application"] = typeof(ApplicationDescription),
        ["federatedCredential"] = typeof(FederatedCredentialDescription),
    };

    public static TheoryData<string> Shapes => [.. ConfigurationShapes.Named.Append(ConfigurationShapes.Root).Select(shape => shape.Name)];

    [Fact]
    public void the_schema_is_of_the_draft_that_it_says() =>
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Schema.GetProperty("$schema").GetString());

    [Theory]
    [MemberData(nameof(Shapes))]
    public void every_object_has_the_members_that_the_reader_knows(string name)
    {
        var (shape, schema) = Find(name);

        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(shape.Members.Select(member => member.Name), schema.GetProperty("properties").EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            shape.Members.Where(member => member.IsRequired).Select(member => member.Name),
            schema.TryGetProperty("required", out var required) ? Texts(required) : []);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void every_member_has_the_type_choices_and_default_that_the_reader_knows(string name)
    {
        var (shape, schema) = Find(name);
        foreach (var member in shape.Members)
        {
            var property = schema.GetProperty("properties").GetProperty(member.Name);
            Assert.Equal((member.Name, ExpectedTypeOf(member)), (member.Name, TypeOf(property)));
            if (member.Kind == MemberKind.Choice)
                Assert.Equal(member.Choices, Texts(property.GetProperty("enum")));
            if (property.TryGetProperty("default", out var byDefault))
                Assert.Equal(member.Default, byDefault.ToString().ToLowerInvariant(), ignoreCase: true);
            else
                Assert.True(member.Default is null || member.Default[0] == '(' || member.Kind == MemberKind.Sections, member.Name);
            if (member.Name != "$schema")
                Assert.True(property.TryGetProperty("title", out _), member.Name);
        }
    }

    [Fact]
    public void every_property_of_a_description_can_be_set_in_the_file()
    {
        foreach (var shape in ConfigurationShapes.Named)
            Assert.Equal(PropertiesOf(Descriptions[shape.Name]), MembersOf(shape));

        // Ports and sources are what hosts replace; the clock, the log and the machine cannot be written down. Who may reach an emulator,
        // and where it may run, is for whoever starts it to say, not for a file that comes with a repository.
        string[] others =
        [
            "sources", "ports", "timeProvider", "loggerFactory", "machine", "openPorts",
            "adminPort", "allowRemote", "adminKey", "allowedHosts", "allowInAzure", "passthrough", "shutdownRequested",
        ];
        Assert.Equal(PropertiesOf(typeof(EmulatorOptions)), MembersOf(ConfigurationShapes.Root).Except(["$schema"]).Concat(others).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void the_embedded_schema_is_the_published_one()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Keyless.slnx")))
            directory = directory.Parent!;

        Assert.Equal(File.ReadAllText(Path.Combine(directory.FullName, "docs", "keyless.schema.json")), EmulatorConfiguration.Schema);
    }

    private static (ConfigurationShape Shape, JsonElement Schema) Find(string name) => name.Length == 0
        ? (ConfigurationShapes.Root, Schema)
        : (ConfigurationShapes.Named.Single(shape => shape.Name == name), Schema.GetProperty("$defs").GetProperty(name));

    private static string ExpectedTypeOf(ShapeMember member) => member.Kind switch
    {
        MemberKind.Boolean => "boolean",
        MemberKind.Choice or MemberKind.TokenVersion => "enum",
        MemberKind.Port => "#/$defs/port",
        MemberKind.Number => "#/$defs/number",
        MemberKind.Id => "#/$defs/id",
        MemberKind.Name => "#/$defs/name",
        MemberKind.Duration => "#/$defs/duration",
        MemberKind.Roles => "#/$defs/roles",
        MemberKind.Claims => "#/$defs/claims",
        MemberKind.Faults => "array of #/$defs/fault",
        MemberKind.SecretList => "#/$defs/texts",
        MemberKind.TextList => member.IsRequired ? "array" : "#/$defs/texts",
        MemberKind.Sections => $"array of #/$defs/{member.Section!.Name}",
        _ => "string",
    };

    private static string TypeOf(JsonElement property) =>
        property.TryGetProperty("$ref", out var reference) ? reference.GetString()!
        : property.TryGetProperty("enum", out _) ? "enum"
        : property.TryGetProperty("items", out var items) && items.TryGetProperty("$ref", out var item) ? $"array of {item.GetString()}"
        : property.GetProperty("type").GetString()!;

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static string[] MembersOf(ConfigurationShape shape) =>
        [.. shape.Members.Select(member => member.Name).Order(StringComparer.Ordinal)];

    private static string[] PropertiesOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..])
            .Order(StringComparer.Ordinal)];
}
