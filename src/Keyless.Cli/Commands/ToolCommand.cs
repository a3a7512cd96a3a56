using System.CommandLine;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands;

/// <summary>An example for the help: a command line and what it does.</summary>
internal sealed record Example(string Line, string Does);

/// <summary>What every command has: a name, examples, and one method that does the work.</summary>
internal abstract class ToolCommand : Command
{
    protected ToolCommand(string name, string description, ToolContext context, GlobalOptions globals)
        : base(name, description) =>
        SetAction((parsed, cancellationToken) => RunAsync(new Invocation(parsed, context, globals), cancellationToken));

    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>Does the work.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract Task<int> RunAsync(Invocation call, CancellationToken cancellationToken);
}
