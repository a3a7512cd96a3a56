using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Diagnostics.CodeAnalysis;
using Keyless.Cli.Commands;
using Keyless.Cli.Commands.Administration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli;

/// <summary>The whole of the command line: its commands, and what becomes of errors.</summary>
internal static class CommandLine
{
    // No response files: a '@' at the start of an argument means nothing here.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static RootCommand Build(ToolContext context)
    {
        var globals = new GlobalOptions();
        var root = new RootCommand("Tokens for managed identities on the command line, and an emulator that stands in for the machine.")
        {
            new TokenCommand(context, globals),
            new DetectCommand(context, globals),
            new DoctorCommand(context, globals),
            new DecodeCommand(context, globals),
            new ExplainCommand(context, globals),
            new DemoCommand(context, globals),
            new EmulateCommand(context, globals),
            new ExecCommand(context, globals),
            new UpCommand(context, globals),
            new DownCommand(context, globals),
            new StatusCommand(context, globals),
            new LogsCommand(context, globals),
            new ConfigCommand(context, globals),
            new EnvCommand(context, globals),
            new FaultCommand(context, globals),
            new JournalCommand(context, globals),
            new ClockCommand(context, globals),
            new KeyCommand(context, globals),
            new IdentityCommand(context, globals),
            new ResourceCommand(context, globals),
            new CertCommand(context, globals),
            globals.Json,
            globals.NoColor,
        };

        root.HelpName = "keyless";
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples(root, (SynchronousCommandLineAction)help.Action!);
        root.SetAction(parsed => ((SynchronousCommandLineAction)help.Action).Invoke(parsed));
        return root;
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>, or the exit code of the program that 'exec' runs.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Nobody is shown a stack trace.")]
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolContext context, CancellationToken cancellationToken = default)
    {
        var own = args.TakeWhile(static arg => arg != "--");
        var error = Page.OfError(context, noColor: own.Contains(GlobalOptions.NoColorName, StringComparer.Ordinal));
        try
        {
            var parsed = Build(context).Parse(args, Parsing);
            if (parsed.Action is ParseErrorAction)
                return UsageErrors.Write(parsed, error);

            return await parsed.InvokeAsync(Configure(parsed, context), cancellationToken);
        }
        catch (ToolException e)
        {
            error.Error(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            error.Line("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (Exception e)
        {
            error.Error($"Unexpected error ({e.GetType().Name}): {e.Message}");
            return ExitCodes.Unexpected;
        }
    }

    private static InvocationConfiguration Configure(ParseResult parsed, ToolContext context)
    {
        var configuration = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
        };
        if (parsed.CommandResult.Command is ToolCommand { EndsOnSignals: false })
            configuration.ProcessTerminationTimeout = null;
        return configuration;
    }
}
