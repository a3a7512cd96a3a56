using System.CommandLine;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>A command that is about an emulator that runs already.</summary>
internal abstract class AdminCommand : ToolCommand
{
    private readonly AdminOptions _where = new();

    protected AdminCommand(string name, string description, ToolContext context, GlobalOptions globals)
        : base(name, description, context, globals) => _where.AddTo(this);

    /// <summary>Prints what the emulator answered: its JSON, or text.</summary>
    protected static void Show(Invocation call, JsonElement answer, Action<Page, JsonElement> view)
    {
        if (call.Json)
            call.WriteJson(answer, ToolJson.Indented.JsonElement);
        else
            view(call.Output, answer);
    }

    protected sealed override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        using var client = await AdminClient.FindAsync(_where, call, cancellationToken);
        return await RunAsync(client, call, cancellationToken);
    }

    protected abstract Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken);
}

/// <summary>A command that asks an emulator one thing and prints the answer.</summary>
internal sealed class AdminVerb : AdminCommand
{
    private readonly Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> _ask;
    private readonly Action<Page, JsonElement> _view;

    public AdminVerb(
        string name,
        string description,
        Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> ask,
        Action<Page, JsonElement> view,
        ToolContext context,
        GlobalOptions globals,
        IReadOnlyList<Example> examples,
        params Symbol[] parameters)
        : base(name, description, context, globals)
    {
        _ask = ask;
        _view = view;
        Examples = examples;
        foreach (var parameter in parameters)
        {
            if (parameter is Argument argument)
                Add(argument);
            else
                Add((Option)parameter);
        }
    }

    public override IReadOnlyList<Example> Examples { get; }

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        Show(call, await _ask(client, call, cancellationToken), _view);
        return ExitCodes.Ok;
    }
}

/// <summary>A word that several commands stand under.</summary>
internal abstract class CommandGroup(string name, string description, ToolContext context, GlobalOptions globals)
    : ToolCommand(name, description, context, globals)
{
    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken) =>
        throw ToolException.Usage(
            $"Give one of {string.Join(", ", Subcommands.Select(each => each.Name))}, such as 'keyless {Name} {Subcommands[0].Name}'.");
}
