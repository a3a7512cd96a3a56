using Keyless.Cli.Options;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Commands;

/// <summary>The JSON schema of the configuration file, for editors.</summary>
internal sealed class ConfigSchemaCommand(ToolContext context, GlobalOptions globals)
    : ToolCommand("schema", "Print the JSON schema of the configuration file, for editors.", context, globals)
{
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless config schema > keyless.schema.json", "then \"$schema\": \"keyless.schema.json\" in the file helps while typing"),
    ];

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        call.Output.Line(EmulatorConfiguration.Schema.TrimEnd());
        return Task.FromResult(ExitCodes.Ok);
    }
}
