using System.CommandLine;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>A token from a running emulator's own hand, without a request to any host: a good one, or one that must be refused.</summary>
internal sealed class TokenMintCommand : AdminCommand
{
    private readonly Option<string> _identity = new("--identity")
    {
        HelpName = "NAME",
        Description = "The managed identity that it is about.",
        Required = true,
    };
    private readonly Option<string> _resource = new("--resource")
    {
        HelpName = "URI",
        Description = "The resource that it is for.",
        Required = true,
    };
    private readonly Option<string?> _flaw = new("--flaw")
    {
        HelpName = "FLAW",
        Description = "What is wrong with it, such as expired, unknown-key or tampered; the error for any other word lists all.",
    };
    private readonly Option<string?> _lifetime = new("--lifetime")
    {
        HelpName = "TIME",
        Description = "How long it lives from now, such as 1h, or -1h for one that is over. The default is as long as any token.",
    };
    private readonly Option<string?> _notBefore = new("--not-before")
    {
        HelpName = "TIME",
        Description = "When it becomes valid, from now, such as 10m. The default is five minutes ago.",
    };
    private readonly Option<string[]> _claims = new("--claim")
    {
        HelpName = "NAME=JSON",
        Description = "A claim beside or in place of its own; null takes one out. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    public TokenMintCommand(ToolContext context, GlobalOptions globals)
        : base("mint", "Have a running emulator issue a token, and print it.", context, globals)
    {
        Add(_identity);
        Add(_resource);
        Add(_flaw);
        Add(_lifetime);
        Add(_notBefore);
        Add(_claims);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless token mint --identity orders --resource api://orders", "a good one"),
        new("keyless token mint --identity orders --resource api://orders --claim roles='[\"Orders.Read\"]'", "with a role"),
        new(
            "keyless token mint --identity orders --resource api://orders --flaw expired | keyless token verify",
            "one that every API must refuse, and why"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var claims = call.Get(_claims)!;
        if (Array.Find(claims, claim => claim.IndexOf('=', StringComparison.Ordinal) <= 0) is { } wrong)
        {
            throw ToolException.Usage(
                $"--claim is '{wrong}'. Give a name and a value, such as roles='[\"Orders.Read\"]'; null takes a claim out.");
        }

        var answer = await client.PostAsync(
            "tokens",
            json =>
            {
                json.WriteString("identity", call.Get(_identity));
                json.WriteString("resource", call.Get(_resource));
                foreach (var (member, value) in new[]
                {
                    ("flaw", call.Get(_flaw)), ("lifetime", call.Get(_lifetime)), ("notBefore", call.Get(_notBefore)),
                })
                {
                    if (value is not null)
                        json.WriteString(member, value);
                }

                FaultMembers.WriteObject(json, "claims", claims);
            },
            cancellationToken);
        Show(call, answer, static (page, minted) => page.Line(minted.GetProperty("token").GetString()!));
        return ExitCodes.Ok;
    }
}
