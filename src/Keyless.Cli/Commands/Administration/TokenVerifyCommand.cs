using System.CommandLine;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;

namespace Keyless.Cli.Commands.Administration;

/// <summary>What a running emulator makes of a token: what it says, every check of it, and why it would be refused.</summary>
internal sealed class TokenVerifyCommand : AdminCommand
{
    // Tokens that are too large are a thing to be found out, too.
    private readonly TokenInputOptions _input = new("token verify") { MostKibibytes = 128 };
    private readonly Option<string?> _audience = new("--audience")
    {
        HelpName = "URI",
        Description = "The resource that it must be for. The default is any.",
    };

    public TokenVerifyCommand(ToolContext context, GlobalOptions globals)
        : base(
            "verify",
            "Check the token on standard input by a running emulator's keys, and say why it would be refused.",
            context,
            globals)
    {
        _input.AddTo(this);
        Add(_audience);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless token api://orders | keyless token verify --audience api://orders", "would the API take it?"),
        new("keyless token verify --file token.txt --json | jq -r .reason", "why not? Exit code 7 where it is refused"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var token = await _input.ReadAsync(call, cancellationToken);
        var answer = await client.PostAsync(
            "tokens/inspect",
            json =>
            {
                json.WriteString("token", token);
                if (call.Get(_audience) is { } audience)
                    json.WriteString("audience", audience);
            },
            cancellationToken);
        Show(call, answer, InspectionView.Write);
        return answer.GetProperty("accepted").GetBoolean() ? ExitCodes.Ok : ExitCodes.NotAsExpected;
    }
}
