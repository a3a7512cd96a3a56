using System.CommandLine;
using System.CommandLine.Invocation;
using Keyless.Cli.Commands;

namespace Keyless.Cli;

/// <summary>The help that System.CommandLine writes, with examples and exit codes after it.</summary>
internal sealed class HelpWithExamples(RootCommand root, SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        HideArgumentsAbove(command);
        help.Invoke(parseResult);
        var examples = command is ToolCommand tool ? tool.Examples : command == root ? RootExamples : [];
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var (line, does) in examples)
            {
                output.WriteLine($"  # {does}");
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
        }

        return ExitCodes.Ok;
    }

    // What a command takes by itself it does not take before a command below it.
    private static void HideArgumentsAbove(Command command)
    {
        foreach (var argument in command.Parents.OfType<Command>().SelectMany(static parent => parent.Arguments))
            argument.Hidden = true;
    }

    private static IReadOnlyList<Example> RootExamples { get; } =
    [
        new("keyless demo", "see it work: a token from every kind of endpoint, on this machine"),
        new("keyless detect", "which managed identity source this machine has, and why"),
        new("keyless token https://vault.azure.net", "a token for Key Vault"),
    ];
}
