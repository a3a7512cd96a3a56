using System.CommandLine;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands.Administration;

/// <summary>The keys that a running emulator signs with.</summary>
internal sealed class KeyCommand : CommandGroup
{
    private readonly ToolContext _context;
    private readonly GlobalOptions _globals;

    public KeyCommand(ToolContext context, GlobalOptions globals)
        : base("key", "List, rotate or revoke the signing keys of a running emulator.", context, globals)
    {
        (_context, _globals) = (context, globals);
        var overlap = new Option<string?>("--overlap")
        {
            HelpName = "TIME",
            Description = "How long the old key stays published, such as 1h; 0s for not at all. The default is 24h, by the emulator's clock.",
        };
        var id = new Argument<string>("id") { Description = "The key's id, as 'keyless key list' shows it." };

        Add(Verb("list", "List the keys, the newest first.", (client, _, ct) => client.GetAsync("keys", ct), "keyless key list"));
        Add(Verb(
            "next",
            "Publish the key that the next rotation makes the active one.",
            (client, _, ct) => client.PostAsync("keys/next", null, ct),
            "keyless key next"));
        Add(Verb(
            "rotate",
            "Sign with another key from now on.",
            (client, call, ct) => client.PostAsync(
                "keys/rotate",
                json =>
                {
                    if (call.Get(overlap) is { } time)
                        json.WriteString("overlap", time);
                },
                ct),
            "keyless key rotate --overlap 10m",
            overlap));
        Add(Verb(
            "revoke",
            "Take a key out of the published ones at once.",
            (client, call, ct) => client.DeleteAsync($"keys/{Uri.EscapeDataString(call.Get(id)!)}", ct),
            "keyless key revoke keyless-emulator-0123",
            id));
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless key list", "the keys, and which one signs"),
        new("keyless key rotate --overlap 0s", "validators that hold on to the old key refuse the new tokens"),
    ];

    private AdminVerb Verb(
        string name,
        string description,
        Func<AdminClient, Invocation, CancellationToken, Task<JsonElement>> ask,
        string example,
        params Symbol[] parameters) =>
        new(name, description, ask, AdminView.Keys, _context, _globals, [new(example, "then shows what has come of it")], parameters);
}
