using System.CommandLine;
using Keyless.Cli.Configuration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Commands;

/// <summary>Writes a configuration file to begin with, which explains itself by comments.</summary>
internal sealed class ConfigInitCommand : ToolCommand
{
    private readonly Argument<string?> _file = new("file")
    {
        Description = $"The file to write; the default is {EmulatorConfiguration.DefaultFileName} in this directory.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> _force = new("--force") { Description = "Write over a file that is there." };

    public ConfigInitCommand(ToolContext context, GlobalOptions globals)
        : base("init", "Write a configuration file to begin with. Comments in it say what everything means.", context, globals)
    {
        Add(_file);
        Add(_force);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless config init", "keyless.json, which 'keyless emulate' finds by itself"),
        new("keyless config init test/shop.json", "a file of another name"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var file = Path.Combine(call.Context.Directory, call.Get(_file) ?? EmulatorConfiguration.DefaultFileName);
        await WriteAsync(file, call.Get(_force), cancellationToken);
        if (call.Json)
            call.WriteJson(new WrittenFileJson(file), ToolJson.Indented.WrittenFileJson);
        else
            call.Output.Line($"Wrote {file}. 'keyless emulate --config {call.Get(_file) ?? EmulatorConfiguration.DefaultFileName}' serves it.");
        return ExitCodes.Ok;
    }

    private static async Task WriteAsync(string file, bool force, CancellationToken cancellationToken)
    {
        try
        {
            // The mode refuses by itself, so that no file can come in between.
            await using var stream = new FileStream(file, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync(EmulatorConfiguration.Sample.AsMemory(), cancellationToken);
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
}
