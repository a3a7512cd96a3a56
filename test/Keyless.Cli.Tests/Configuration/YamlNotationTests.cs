using System.Text;
using Keyless.Cli.Emulation;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Tests.Configuration;

/// <summary>YAML means what the same JSON means, and what is wrong with it is said with its place.</summary>
public sealed class YamlNotationTests : IDisposable
{
    private const string Json = """
        {
          "tokenLifetime": "90m", "strictResources": true, "authorityPort": 5000, "seed": 255,
          "claims": { "a": null, "b": [1, 2.5, "no", "010", false], "c": { "on": "~" }, "d": -3, "e": 0.5, "f": "" },
          "identities": [{ "name": "orders", "roles": { "api://orders": ["Read", "Write"] } }, { "name": "billing", "roles": { "api://orders": ["Read", "Write"] } }],
          "hosts": [{ "name": "web", "kind": "app-service", "userAssigned": ["orders"], "secret": "0123456789ABCDEF" }],
          "faults": [{ "name": "busy", "when": { "first": 3 }, "fault": { "kind": "status", "status": 429, "retryAfter": "2s" } }]
        }
        """;

    private const string Yaml = """
        # A comment.
        tokenLifetime: 90m
        strictResources: True
        authorityPort: 5000
        seed: 0xFF
        claims:
          a: ~
          b: [1, 2.5, no, "010", FALSE]
          c: {"on": '~'}
          d: -3
          e: .5
          f: ""
        identities:
          - name: orders
            roles: &roles
              api://orders:
                - Read
                - Write
          - {name: billing, roles: *roles}
        hosts:
          - name: web
            kind: app-service
            userAssigned: [orders]
            secret: !!str 0123456789ABCDEF
        faults:
          - name: busy
            when: {first: 3}
            fault: {kind: status, status: 429, retryAfter: 2s}
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void it_means_what_the_same_json_means()
    {
        var (yaml, json) = (Read(Yaml, "keyless.yml"), Read(Json, "keyless.json"));

        Assert.Equal(
            json.Values.Select(value => $"{value.Path} = {value.Value}"), yaml.Values.Select(value => $"{value.Path} = {value.Value}"));
        Assert.Equal(json.Options.Claims["b"]!.ToJsonString(), yaml.Options.Claims["b"]!.ToJsonString());
        Assert.Equal(json.Options.Faults[0].Fault, yaml.Options.Faults[0].Fault);
        Assert.Equal("0123456789ABCDEF", yaml.Options.Hosts[0].Secret);
    }

    [Fact]
    public void each_value_has_its_place()
    {
        var origins = Read(Yaml, "keyless.YAML").Values.ToDictionary(value => value.Path, value => Short(value.Origin));

        Assert.Equal("keyless.YAML:2:16", origins["tokenLifetime"]);
        Assert.Equal("keyless.YAML:22:11", origins["hosts[0].kind"]);
        Assert.Equal("default", origins["issuer"]);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("+12", "12")]
    [InlineData("010", "10")]
    [InlineData("0o10", "8")]
    [InlineData("0x1f", "31")]
    [InlineData("999999999999999999", "999999999999999999")]
    [InlineData("1e3", "1000")]
    [InlineData("1.", "1")]
    [InlineData("-.5", "-0.5")]
    [InlineData("true", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("Null", "null")]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("off", "\"off\"")]
    [InlineData("tRUE", "\"tRUE\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("0b1", "\"0b1\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("2026-03-14", "\"2026-03-14\"")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("!!str true", "\"true\"")]
    [InlineData("!!float 1", "1")]
    [InlineData("|\n    a\n    b\n", "\"a\\nb\\n\"")]
    [InlineData(">-\n    a\n    b\n", "\"a b\"")]
    public void values_are_typed_by_the_core_schema(string text, string json) =>
        Assert.Equal(json, Read($"claims:\n  a: {text}", "f.yaml").Options.Claims["a"]?.ToJsonString() ?? "null");

    [Theory]
    [InlineData("address: ::1\naddress: ::1\n", "2:1: address is there twice; the first one is in line 1. Take one out.")]
    [InlineData("hosts:\n  - name: a\n    kind: vm\n    name: b\n", "4:5: hosts[0].name is there twice; the first one is in line 2. Take one out.")]
    [InlineData("adress: ::1", "1:1: adress is not known. Did you mean 'address'?")]
    [InlineData("hosts:\n  - name: a\n    kind: vms\n", "3:11: hosts[0].kind is \"vms\". Give one of vm, vmss, ")]
    [InlineData("strictResources: yes", "1:18: strictResources is \"yes\". Give true or false.")]
    [InlineData("passthrough: {}", "1:1: passthrough is not for a file")]
    [InlineData("- a", "1:1: is a list, not an object.")]
    [InlineData("", "1:1: is null, not an object.")]
    [InlineData("# Nothing yet.\n", "1:1: is null, not an object.")]
    [InlineData("a: [1", "This is no YAML. ")]
    [InlineData("a: b: c", "1:5: This is no YAML. ")]
    [InlineData("claims:\n  a: 'b", "This is no YAML. ")]
    [InlineData("claims: *c", "1:9: The alias *c stands for nothing. Give a value the anchor &c above it.")]
    [InlineData("claims: &c\n  a: *c", "There are more than 100000 values or 64 levels here, aliases counted.")]
    [InlineData("issuer: local\n---\nissuer: local", "2:1: A second document begins here.")]
    [InlineData("? [a]\n: b", "1:3: A member's name is a text")]
    [InlineData("claims: !mine {}", "1:9: The tag !mine means nothing here. Leave it out.")]
    [InlineData("seed: !!int five", "1:7: The tag tag:yaml.org,2002:int does not fit what it stands before.")]
    [InlineData("claims:\n  a: .inf", "2:6: .inf is no number that a configuration can hold.")]
    public void what_is_wrong_is_said_with_its_place(string text, string problem)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(text, "keyless.yaml"));

        Assert.StartsWith("keyless.yaml:", Short(exception.Message), StringComparison.Ordinal);
        Assert.Contains(problem, Short(Assert.Single(exception.Problems)), StringComparison.Ordinal);
    }

    [Fact]
    public void an_alias_means_the_anchor_above_it_although_the_name_is_given_anew()
    {
        var options = Read("claims:\n  a: &x 1\n  b: &y [*x]\n  c: &x 2\n  d: [*y, *x]", "f.yaml").Options;

        Assert.Equal("[[1],2]", options.Claims["d"]!.ToJsonString());
    }

    [Fact]
    public void aliases_that_multiply_are_given_up()
    {
        var levels = Enumerable.Range(1, 12).Select(level => $"  a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");

        var exception = Assert.Throws<ConfigurationException>(() => Read($"claims:\n  a0: &a0 [1, 1]\n{string.Concat(levels)}", "f.yaml"));

        Assert.Contains("more than 100000 values", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void bytes_that_are_no_text_have_their_place_and_a_byte_order_mark_does_not_matter()
    {
        var problem = Assert.Throws<ConfigurationException>(() => Read([.. "issuer: local\nä: "u8, 0xFF], "f.yaml"));

        Assert.StartsWith("f.yaml:2:4: This text holds bytes", Short(problem.Message), StringComparison.Ordinal);
        Assert.Equal("entra", Read([0xEF, 0xBB, 0xBF, .. "issuer: entra"u8], "f.yaml").Values.Single(value => value.Path == "issuer").Value);
    }

    private EmulatorConfiguration Read(string text, string file) => Read(Encoding.UTF8.GetBytes(text), file);

    private EmulatorConfiguration Read(byte[] text, string file)
    {
        var path = Path.Combine(_directory.Path, file);
        File.WriteAllBytes(path, text);
        return EmulatorConfiguration.Read(EmulatorSettings.LayersOf(path));
    }

    // As if the file were in the current directory.
    private string Short(object text) => $"{text}".Replace($"{_directory.Path}{Path.DirectorySeparatorChar}", "", StringComparison.Ordinal);
}
