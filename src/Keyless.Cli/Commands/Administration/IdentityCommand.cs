using System.CommandLine;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>The managed identities of a running emulator.</summary>
internal sealed class IdentityCommand : CommandGroup
{
    private readonly ToolContext _context;
    private readonly GlobalOptions _globals;
    private readonly Argument<string> _name = new("name") { Description = "The identity's name." };
    private readonly Option<string?> _tenant = new("--tenant") { HelpName = "NAME", Description = "The identity's tenant; the default is the first one." };
    private readonly Option<string?> _clientId = new("--client-id") { HelpName = "GUID", Description = "Its client id; the default follows from the name." };
    private readonly Option<string?> _objectId = new("--object-id") { HelpName = "GUID", Description = "Its object id; the default follows from the name." };
    private readonly Option<string?> _host = new("--host") { HelpName = "NAME", Description = "A host to assign it to at once." };
    private readonly Option<string> _onHost = new("--host") { HelpName = "NAME", Description = "The host.", Required = true };

    public IdentityCommand(ToolContext context, GlobalOptions globals)
        : base("identity", "List, make, assign or delete the managed identities of a running emulator.", context, globals)
    {
        (_context, _globals) = (context, globals);
        Add(Verb(
            "list",
            "List the identities and the hosts that have them.",
            (client, _, ct) => client.GetAsync("identities", ct),
            AdminView.Identities,
            "keyless identity list"));
        Add(Verb(
            "add",
            "Make a user-assigned identity.",
            AddAsync,
            AdminView.Identities,
            "keyless identity add shipping --host vm",
            _name,
            _tenant,
            _clientId,
            _objectId,
            _host));
        Add(Verb(
            "remove",
            "Delete a user-assigned identity, and take it from all hosts.",
            (client, call, ct) => client.DeleteAsync($"{PathOf(call)}{TenantOf(call)}", ct),
            (page, _) => page.Line("Deleted."),
            "keyless identity remove shipping",
            _name,
            _tenant));
        Add(Verb(
            "assign",
            "Give a host a user-assigned identity.",
            OnHost("assign"),
            AdminView.Host,
            "keyless identity assign orders --host vm",
            _name,
            _onHost));
        Add(Verb(
            "unassign",
            "Take an identity from a host.",
            OnHost("unassign"),
            AdminView.Host,
            "keyless identity unassign orders --host vm",
            _name,
            _onHost));
        Add(Verb(
            "enable",
            "Let tokens be issued for an identity again.",
            Switch("enable"),
            AdminView.Identities,
            "keyless identity enable orders",
            _name,
            _tenant));
        Add(Verb(
            "disable",
            "Have no tokens issued for an identity, as if it were deleted in Entra.",
            Switch("disable"),
            AdminView.Identities,
            "keyless identity disable orders",
            _name,
            _tenant));
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless identity list", "the identities, and who has them"),
        new("keyless identity unassign orders --host vm", "what a service does that has lost its identity"),
    ];

    private Task<JsonElement> AddAsync(AdminClient client, Invocation call, CancellationToken cancellationToken) => client.PostAsync(
        "identities",
        json =>
        {
            json.WriteString("name", call.Get(_name));
            foreach (var (member, value) in new[]
            {
                ("tenant", call.Get(_tenant)), ("clientId", call.Get(_clientId)), (
                    "objectId", call.Get(_objectId)), ("host", call.Get(_host)),
            })
            {
                if (value is not null)
                    json.WriteString(member, value);
            }
        },
        cancellationToken);

    private Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> OnHost(string what) => (client, call, ct) =>
        client.PostAsync($"{PathOf(call)}/{what}", json => json.WriteString("host", call.Get(_onHost)), ct);

    private Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> Switch(string what) => (client, call, ct) =>
        client.PostAsync($"{PathOf(call)}/{what}{TenantOf(call)}", null, ct);

    private string PathOf(Invocation call) => $"identities/{Uri.EscapeDataString(call.Get(_name)!)}";

    private string TenantOf(Invocation call) => call.Get(_tenant) is { } tenant ? $"?tenant={Uri.EscapeDataString(tenant)}" : "";

    private AdminVerb Verb(
        string name,
        string description,
        Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> ask,
        Action<Page, JsonElement> view,
        string example,
        params Symbol[] parameters) =>
        new(name, description, ask, view, _context, _globals, [new(example, "then shows what has come of it")], parameters);
}
