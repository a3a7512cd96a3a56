using System.CommandLine;
using System.CommandLine.Parsing;
using Keyless.Cli.Commands.Administration;
using Keyless.Cli.Emulation;
using Keyless.Cli.Failures;
using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Cli.Tokens;

namespace Keyless.Cli.Commands;

/// <summary>A token from this machine's managed identity endpoint, or from an emulated one.</summary>
/// <remarks>The commands below it are about tokens of a running emulator.</remarks>
internal sealed class TokenCommand : ToolCommand
{
    private readonly Argument<string> _resource = new("resource")
    {
        Description = "What the token is for, such as https://vault.azure.net.",
    };
    private readonly IdentityOptions _identity = new();
    private readonly Option<SourceKind?> _source = ChoiceOption.One(
        "--source", "SOURCE", [], $"Ask this kind of endpoint, whatever is detected: {SourceName.List}.", SourceName.All);
    private readonly Option<SourceKind?> _emulate = ChoiceOption.One(
        "--emulate", "SOURCE", [], "Ask an endpoint of this kind that is emulated for this one call.", SourceName.All);
    private readonly Option<TokenFormat?> _output = ChoiceOption.One(
        "--output",
        "FORMAT",
        ["-o"],
        "What to print: token (it alone, the default), json, env (lines that set variables), header (for HTTP), table (all but the token).",
        ("token", TokenFormat.Token),
        ("json", TokenFormat.Json),
        ("env", TokenFormat.Env),
        ("header", TokenFormat.Header),
        ("table", TokenFormat.Table));
    private readonly Option<Shell?> _shell = ChoiceOption.One(
        "--shell", "SHELL", [], "The shell that '--output env' is for: bash, pwsh or cmd; the default is the system's.", ShellSyntax.Names);
    private readonly Option<bool> _forceRefresh = new("--force-refresh")
    {
        Description = "Pass over this process's cache. The platform's own may still hand out the same token.",
    };
    private readonly Option<TimeSpan?> _timeout = DurationOption.Make(
        "--timeout",
        "The most time to take, retries included, such as 500ms, 5s or 2m; the default is 30s, or 3s where nothing announces an endpoint.",
        least: TimeSpan.FromMilliseconds(1),
        most: TimeSpan.FromHours(1));
    private readonly Option<string[]> _allowHttp = new("--allow-http")
    {
        Description = "A host that may be asked over plain http although it is not this machine; may be given several times.",
        HelpName = "HOST",
        DefaultValueFactory = _ => [],
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Log to standard error what is done." };

    public TokenCommand(ToolContext context, GlobalOptions globals)
        : base("token", "Get a token for a resource and print it.", context, globals)
    {
        Add(_resource);
        _identity.AddTo(this);
        Add(_source);
        Add(_emulate);
        Add(_output);
        Add(_shell);
        Add(_forceRefresh);
        Add(_timeout);
        Add(_allowHttp);
        Add(_verbose);
        Validators.Add(result =>
        {
            if (result.GetResult(_source) is not null && result.GetResult(_emulate) is not null)
                result.AddError("Give --source or --emulate, not both: an emulated endpoint is of one kind already.");
        });
        AddSubcommand(new TokenMintCommand(context, globals));
        AddSubcommand(new TokenVerifyCommand(context, globals));
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless token https://vault.azure.net", "the token alone"),
        new("keyless token https://storage.azure.com --output table", "what is known about it, without the token"),
        new(
            "keyless token https://vault.azure.net -o header | curl -H @- https://HOST/PATH",
            "call an API with it; the token stays off every command line"),
        new("keyless token api://orders --emulate app-service --json", "a signed token without Azure, for tests"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var identity = _identity.Read(call);
        await using var machine = call.Get(_emulate) is { } kind ? await EmulatedMachine.StartAsync(kind, call, cancellationToken) : null;
        using var log = LogOf(call);

        TokenResult result;
        try
        {
            var client = new ManagedIdentityClient(Describe(call, identity, machine?.Environment, log));
            var request = new TokenRequest(call.Get(_resource)!) { ForceRefresh = call.Get(_forceRefresh) };
            result = await client.TryGetTokenAsync(request, cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw ToolException.Usage(ToolWording.Of(e));
        }

        if (result.Failure is { } failure)
        {
            if (call.Json || call.Get(_output) == TokenFormat.Json)
                call.WriteJson(FailureJson.Of(failure), ToolJson.Indented.FailureJson);
            FailureView.Write(call.Error, failure);
            return ExitCodes.For(failure.Kind);
        }

        var format = call.Json ? TokenFormat.Json : call.Get(_output) ?? TokenFormat.Token;
        TokenView.Write(call, result.Token, identity, format, call.Get(_shell) ?? ShellSyntax.Native);
        if (machine is not null)
            call.Error.Line("This token is emulated: no Azure service accepts it.", Ink.Warning);
        return ExitCodes.Ok;
    }

    // They get no token from any endpoint: nothing that says how to do that may stand before them.
    private void AddSubcommand(Command command)
    {
        command.Validators.Add(result =>
        {
            var stray = (result.Parent as CommandResult)?.Children.Any(static child => child switch
            {
                ArgumentResult argument => argument.Tokens.Count > 0,
                OptionResult option => option is { Implicit: false, Option.Recursive: false },
                _ => false,
            });
            if (stray == true)
            {
                result.AddError(
                    $"What stands between 'token' and '{command.Name}' has no meaning here. Options of '{command.Name}' come after it.");
            }
        });
        Add(command);
    }

    private LogSink? LogOf(Invocation call)
    {
        if (call.Get(_verbose))
            return new ErrorLog(call.Error, call.Context.Time);
        return call.Error.IsTerminal ? new RetryNotice(call.Error) : null;
    }

    private ManagedIdentityOptions Describe(Invocation call, ManagedIdentity identity, MachineEnvironment? emulated, LogSink? log) => new()
    {
        Identity = identity,
        Source = call.Get(_source),
        Timeout = call.Get(_timeout),
        PlainHttpHosts = call.Get(_allowHttp) ?? [],
        Environment = emulated ?? call.Context.Environment,
        Handler = emulated is null ? call.Context.Handler : null,
        TimeProvider = call.Context.Time,
        LoggerFactory = log,
    };
}
