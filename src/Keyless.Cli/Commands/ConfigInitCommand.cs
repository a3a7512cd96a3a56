using System.CommandLine;
using Keyless.Cli.Configuration;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Commands;

/// <summary>Writes a configuration file to begin with, which explains itself by comments.</summary>
internal sealed class ConfigInitCommand : ToolCommand
{
    private readonly Argument<string?> _file = new("file")
    {
        Description = $"The file to write; the default is {EmulatorConfiguration.DefaultFileName} (keyless.yaml with --format yaml) in this directory.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<Notation?> _format = ChoiceOption.One(
        "--format", "FORMAT", [], "What to write it in. The default is what the file's name ends with, else json.", ("json", Notation.Json), ("yaml", Notation.Yaml));
    private readonly Option<bool> _force = new("--force") { Description = "Write over a file that is there." };

    public ConfigInitCommand(ToolContext context, GlobalOptions globals)
        : base("init", "Write a configuration file to begin with. Comments in it say what everything means.", context, globals)
    {
        Add(_file);
        Add(_format);
        Add(_force);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless config init", "keyless.json, which 'keyless emulate' finds by itself"),
        new("keyless config init --format yaml", "keyless.yaml, which it finds as well"),
        new("keyless config init test/shop.json", "a file of another name"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var isYaml = call.Get(_format) is { } format ? format == Notation.Yaml : call.Get(_file) is { } named && new YamlNotation().Reads(named);
        var name = call.Get(_file) ?? EmulatorSettings.UsualNames[isYaml ? 1 : 0];
        if (new YamlNotation().Reads(name) != isYaml)
            throw ToolException.Usage($"{name} is read as {(isYaml ? "JSON" : "YAML")}, by its name. Give another name, or another --format.");

        var file = Path.Combine(call.Context.Directory, name);
        await WriteAsync(file, isYaml ? YamlSample : EmulatorConfiguration.Sample, call.Get(_force), cancellationToken);
        if (call.Json)
            call.WriteJson(new WrittenFileJson(file), ToolJson.Indented.WrittenFileJson);
        else
            call.Output.Line($"Wrote {file}. 'keyless emulate --config {name}' serves it.");
        return ExitCodes.Ok;
    }

    private static async Task WriteAsync(string file, string text, bool force, CancellationToken cancellationToken)
    {
        try
        {
            // The mode refuses by itself, so that no file can come in between.
            await using var stream = new FileStream(file, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }
        catch (IOException) when (!force && File.Exists(file))
        {
            throw ToolException.Usage($"{file} is there already. --force writes over it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"{file} cannot be written: {e.Message}");
        }
    }

    private static string YamlSample
    {
        get
        {
            using var stream = typeof(ConfigInitCommand).Assembly.GetManifestResourceStream("keyless.sample.yaml")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    private enum Notation
    {
        Json,
        Yaml,
    }
}
