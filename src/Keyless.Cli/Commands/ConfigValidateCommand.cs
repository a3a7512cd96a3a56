using System.CommandLine;
using Keyless.Cli.Configuration;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Commands;

/// <summary>Whether a configuration file can be used, and if not, each line at fault.</summary>
internal sealed class ConfigValidateCommand : ToolCommand
{
    private readonly Argument<string?> _file = new("file")
    {
        Description = "The file; the default is the one that 'keyless emulate' would read.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ConfigValidateCommand(ToolContext context, GlobalOptions globals)
        : base("validate", "Say whether a configuration file can be used, and if not, which lines are at fault.", context, globals) =>
        Add(_file);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless config validate", "the file that 'keyless emulate' would read"),
        new("keyless config validate shop.json --json", "for programs; exit code 2 where it is wrong"),
    ];

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var file = EmulatorSettings.FindFile(call.Get(_file), call.Context) ?? throw ToolException.Usage(
            $"There is no {EmulatorSettings.UsualNames[0]} or {EmulatorSettings.UsualNames[1]} in {call.Context.Directory}. Name a file, or begin one with 'keyless config init'.");
        var problems = ProblemsOf(file);
        if (call.Json)
        {
            var result = new ValidationJson(file, problems.Count == 0, [.. problems.Select(ConfigurationProblemJson.Of)]);
            call.WriteJson(result, ToolJson.Indented.ValidationJson);
        }
        else if (problems.Count == 0)
        {
            call.Output.Line($"{file} is valid.", Ink.Good);
        }
        else
        {
            foreach (var problem in problems)
                call.Error.Error(Printable.Of(problem.ToString()));
        }

        return Task.FromResult(problems.Count == 0 ? ExitCodes.Ok : ExitCodes.Usage);
    }

    private static IReadOnlyList<ConfigurationProblem> ProblemsOf(string file)
    {
        try
        {
            EmulatorConfiguration.Read(EmulatorSettings.LayersOf(file));
            return [];
        }
        catch (ConfigurationException e)
        {
            return e.Problems;
        }
    }
}
