using System.Text.Json;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Tests.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private Tool Tool => new() { Directory = _directory.Path };

    [Fact]
    public async Task show_says_what_is_set_and_where()
    {
        var file = _directory.Write("keyless.json", "{\n  \"tokenLifetime\": \"1h\",\n  \"hosts\": [{ \"name\": \"web\", \"kind\": \"vm\" }]\n}");
        var machine = Tool.Machine(("KEYLESS_EMULATOR_ISSUER", "entra"));

        var run = await (Tool with { Environment = machine }).RunAsync("config", "show", "--origin");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            $"""
            Name           Value  Origin
            issuer         entra  KEYLESS_EMULATOR_ISSUER
            tokenLifetime  1h     {file}:2:20
            hosts[0].name  web    {file}:3:23
            hosts[0].kind  vm     {file}:3:38

            """,
            run.Output);
    }

    [Fact]
    public async Task show_with_effective_adds_the_defaults()
    {
        var run = await Tool.RunAsync("config", "show", "--effective");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Name              Value\naddress           127.0.0.1\nauthorityPort     0\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nidentities        orders, billing\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "", "real   default\n")]
    [InlineData("{\n  \"tokenTimes\": \"clock\" }", "", "clock  {0}:2:17\n")]
    [InlineData("{\n  \"tokenTimes\": \"clock\" }", "real", "real   KEYLESS_EMULATOR_TOKEN_TIMES\n")]
    public async Task the_clock_of_tokens_is_shown_as_the_tool_has_it_and_with_where_it_comes_from(string text, string variable, string expected)
    {
        var file = _directory.Write("keyless.json", text);
        var machine = Tool.Machine(("KEYLESS_EMULATOR_TOKEN_TIMES", variable));

        var run = await (Tool with { Environment = machine }).RunAsync("config", "show", "--effective", "--origin");

        var line = run.Output.Split('\n').Single(line => line.StartsWith("tokenTimes ", StringComparison.Ordinal));
        Assert.Equal(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, file).Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            line["tokenTimes".Length..].Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task show_without_anything_set_says_so()
    {
        var run = await Tool.RunAsync("config", "show");

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal("Nothing is configured; the defaults hold. --effective shows them.\n", run.Error);
    }

    [Fact]
    public async Task show_as_json_has_layer_and_line()
    {
        var file = _directory.Write("other.json", """{ "authorityPort": 5000 }""");

        var run = await Tool.RunAsync("config", "show", "--config", "other.json", "--effective", "--json");

        Assert.Equal(file, run.Json.GetProperty("file").GetString());
        var values = run.Json.GetProperty("values").EnumerateArray().ToDictionary(value => value.GetProperty("path").GetString()!);
        Assert.Equal(("file", file, 1), (Text(values["authorityPort"], "layer"), Text(values["authorityPort"], "origin"), values["authorityPort"].GetProperty("line").GetInt32()));
        Assert.Equal(("default", null), (Text(values["issuer"], "layer"), Text(values["issuer"], "origin")));
    }

    [Theory]
    [InlineData("keyless.yaml")]
    [InlineData("keyless.yml")]
    public async Task yaml_is_found_shown_and_checked_like_json(string name)
    {
        var file = _directory.Write(name, "tokenLifetime: 1h\nhosts:\n  - {name: web, kind: vm}\n");

        var shown = await Tool.RunAsync("config", "show", "--origin");
        var valid = await Tool.RunAsync("config", "validate");
        _directory.Write(name, "hosts:\n  - {name: web, kind: vms}\n");
        var wrong = await Tool.RunAsync("config", "validate");

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Contains($"hosts[0].kind  vm     {file}:3:23\n", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, valid.ExitCode);
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith($"Error: {file}:2:23: hosts[0].kind is \"vms\". Give one of vm, ", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task of_two_files_none_is_chosen()
    {
        _directory.Write("keyless.json", "{}");
        _directory.Write("keyless.yaml", "{}");

        var neither = await Tool.RunAsync("config", "show");
        var named = await Tool.RunAsync("config", "show", "--config", "keyless.yaml");

        Assert.Equal((2, ""), (neither.ExitCode, neither.Output));
        Assert.Contains("holds keyless.json and keyless.yaml. Keep one of them, or name the one that is meant.", neither.Error, StringComparison.Ordinal);
        Assert.Equal(0, named.ExitCode);
    }

    [Theory]
    [InlineData("keyless.yaml", "--format", "yaml")]
    [InlineData("shop.yml", "shop.yml")]
    [InlineData("shop.yaml", "shop.yaml", "--format", "YAML")]
    public async Task init_writes_yaml_that_means_what_the_json_means(string name, params string[] options)
    {
        var run = await Tool.RunAsync(["config", "init", .. options]);
        Assert.Equal(0, (await Tool.RunAsync("config", "init", "same.json")).ExitCode);

        var yaml = await Tool.RunAsync("config", "show", "--config", name);
        var json = await Tool.RunAsync("config", "show", "--config", "same.json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"'keyless emulate --config {name}' serves it.", run.Output, StringComparison.Ordinal);
        Assert.Equal((0, json.Output), (yaml.ExitCode, yaml.Output));
        Assert.Equal(2, (await Tool.RunAsync(["config", "init", .. options])).ExitCode);
    }

    [Fact]
    public async Task init_refuses_a_name_that_would_be_read_as_the_other()
    {
        var run = await Tool.RunAsync("config", "init", "shop.json", "--format", "yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("shop.json is read as JSON, by its name.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_variable_names_the_file()
    {
        _directory.Write("keyless.json", """{ "authorityPort": 1 }""");
        _directory.Write("other.json", """{ "authorityPort": 2 }""");
        var machine = Tool.Machine(("KEYLESS_EMULATOR_CONFIG", "other.json"));

        var byVariable = await (Tool with { Environment = machine }).RunAsync("config", "show");
        var byFlag = await (Tool with { Environment = machine }).RunAsync("config", "show", "--config", "keyless.json");

        Assert.Contains("authorityPort  2", byVariable.Output, StringComparison.Ordinal);
        Assert.Contains("authorityPort  1", byFlag.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task validate_names_every_line_at_fault()
    {
        var file = _directory.Write("keyless.json", "{\n  \"adress\": \"::1\",\n  \"issuer\": \"x\"\n}");

        var text = await Tool.RunAsync("config", "validate");
        var json = await Tool.RunAsync("config", "validate", "--json");

        Assert.Equal((2, ""), (text.ExitCode, text.Output));
        Assert.Equal(
            $"Error: {file}:2:3: adress is not known. Did you mean 'address'?\n"
            + $"Error: {file}:3:13: issuer is \"x\". Give one of local, entra.\n",
            text.Error);
        Assert.Equal((2, ""), (json.ExitCode, json.Error));
        Assert.False(json.Json.GetProperty("valid").GetBoolean());
        var problem = json.Json.GetProperty("problems")[1];
        Assert.Equal((3, 13, "issuer"), (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32(), Text(problem, "path")));
    }

    [Fact]
    public async Task validate_without_a_file_says_how_to_begin_one()
    {
        var run = await Tool.RunAsync("config", "validate");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            $"Error: There is no keyless.json or keyless.yaml in {_directory.Path}. Name a file, or begin one with 'keyless config init'.\n", run.Error);
    }

    [Fact]
    public async Task init_writes_a_file_that_validate_takes_and_does_not_write_over_it()
    {
        var first = await Tool.RunAsync("config", "init");
        var file = Path.Combine(_directory.Path, "keyless.json");
        var valid = await Tool.RunAsync("config", "validate");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        var second = await Tool.RunAsync("config", "init");
        var kept = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var forced = await Tool.RunAsync("config", "init", "--force", "--json");

        Assert.Equal((0, $"Wrote {file}. 'keyless emulate --config keyless.json' serves it.\n"), (first.ExitCode, first.Output));
        Assert.Equal((0, $"{file} is valid.\n"), (valid.ExitCode, valid.Output));
        Assert.Equal((2, $"Error: {file} is there already. --force writes over it.\n"), (second.ExitCode, second.Error));
        Assert.Equal("mine", kept);
        Assert.Equal((0, file), (forced.ExitCode, Text(forced.Json, "file")));
        Assert.Equal(EmulatorConfiguration.Sample, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task init_into_a_directory_that_is_not_there_says_so()
    {
        var run = await Tool.RunAsync("config", "init", "none/shop.json");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("shop.json cannot be written: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task schema_prints_the_schema()
    {
        var run = await Tool.RunAsync("config", "schema");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("Keyless emulator", Text(run.Json, "title"));
    }

    [Theory]
    [InlineData("Give one of show, validate, init, schema, such as 'keyless config show'.", "config")]
    [InlineData("Unrecognized command or argument 'shwo'.\nThe commands of config are show, validate, init, schema.", "config", "shwo")]
    public async Task a_command_that_is_missing_or_unknown_is_a_usage_error(string message, params string[] args)
    {
        var run = await Tool.RunAsync(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}\n", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();
}
