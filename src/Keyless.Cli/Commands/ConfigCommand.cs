using System.CommandLine;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands;

/// <summary>The emulator's configuration: what it is, whether it is right, and how to begin one.</summary>
internal sealed class ConfigCommand : ToolCommand
{
    public ConfigCommand(ToolContext context, GlobalOptions globals)
        : base("config", "Show, check or begin the emulator's configuration.", context, globals)
    {
        Add(new ConfigShowCommand(context, globals));
        Add(new ConfigValidateCommand(context, globals));
        Add(new ConfigInitCommand(context, globals));
        Add(new ConfigSchemaCommand(context, globals));
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless config init", "begin a keyless.json"),
        new("keyless config validate", "is it right? Where not?"),
        new("keyless config show --effective --origin", "every value, and where it comes from"),
    ];

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken) =>
        throw ToolException.Usage($"Give one of {string.Join(", ", Subcommands.Select(each => each.Name))}, such as 'keyless config show'.");
}
