using Keyless.Cli.Administration;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands.Administration;

/// <summary>The APIs that are registered with a running emulator.</summary>
internal sealed class ResourceCommand : CommandGroup
{
    public ResourceCommand(ToolContext context, GlobalOptions globals)
        : base("resource", "List the APIs that are registered with a running emulator.", context, globals) => Add(new AdminVerb(
            "list",
            "List the registered APIs, with the form of their tokens and their roles.",
            (client, _, ct) => client.GetAsync("resources", ct),
            AdminView.Resources,
            context,
            globals,
            [new("keyless resource list", "what a token for each of them looks like")]));

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless resource list", "what a token for each API looks like"),
    ];
}
