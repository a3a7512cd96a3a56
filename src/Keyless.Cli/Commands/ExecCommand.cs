using System.CommandLine;
using Keyless.Cli.Execution;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands;

/// <summary>Runs a command on an emulated machine: with that platform's variables, and an endpoint that ends with the command.</summary>
internal sealed class ExecCommand : ToolCommand
{
    private readonly Option<SourceKind?> _as = ChoiceOption.One(
        "--as", "SOURCE", [], $"The kind of endpoint that the command is to find: {SourceName.List}.", SourceName.All);
    private readonly Option<string?> _host = new("--host")
    {
        Description = "The host that the command is to run on, by its name in the configuration file.",
        HelpName = "NAME",
    };
    private readonly Option<string?> _identity = new("--identity")
    {
        Description = "The one identity that the machine has: system, or one of the configuration file's, else orders or billing. "
            + "The default is all that it has.",
        HelpName = "NAME",
    };
    private readonly Option<string?> _configuration = ConfigurationOption.Make();
    private readonly Argument<string[]> _command = new("command")
    {
        Description = "The command and its arguments, after '--'. Nothing that stands there is read as an option of this tool.",
        Arity = ArgumentArity.OneOrMore,
    };

    public ExecCommand(ToolContext context, GlobalOptions globals)
        : base("exec", "Run a command as on a machine of Azure, with an emulated endpoint that ends with it.", context, globals)
    {
        Add(_as);
        Add(_host);
        Add(_identity);
        Add(_configuration);
        Add(_command);
        Validators.Add(result =>
        {
            if (result.GetResult(_as) is null && result.GetResult(_host) is null)
                result.AddError("Say what the command is to run on: by --as SOURCE, or by --host NAME.");
        });
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless exec --as app-service -- python3 app.py", "a program in any language gets emulated tokens"),
        new("keyless exec --as app-service --identity orders -- python3 app.py", "its tokens are those of a user-assigned identity"),
        new("keyless exec --as imds -- sh -c 'npm ci && npm test'", "what a shell must read needs a shell"),
        new("keyless exec --config shop.json --host web -- dotnet test", "on a host that a file describes"),
        new("keyless exec --as azure-arc -- keyless detect", "what a client makes of that machine"),
    ];

    /// <summary>The child decides what becomes of a signal, and how long that takes.</summary>
    public override bool EndsOnSignals => false;

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var command = call.Get(_command)!;
        if (call.AfterDelimiter.Count != command.Length)
            throw ToolException.Usage("The command must stand behind '--', after all options: keyless exec --as SOURCE -- COMMAND.");
        var choice = new HostChoice
        {
            ConfigurationFile = call.Get(_configuration),
            Source = call.Get(_as),
            Name = call.Get(_host),
            Identity = call.Get(_identity),
        };
        return await EmulatedRun.RunAsync(choice, call.AfterDelimiter, call, cancellationToken);
    }
}
