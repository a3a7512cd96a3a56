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

    /// <summary>Whether Ctrl+C and SIGTERM cancel the command, and end the tool soon after if that doesn't.</summary>
    public virtual bool EndsOnSignals => true;

    /// <summary>Does the work.</summary>
    /// <returns>One of <see cref="ExitCodes"/>, or the exit code of a program that the command runs.</returns>
    protected abstract Task<int> RunAsync(Invocation call, CancellationToken cancellationToken);
}
