using Keyless.Cli.Decoding;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>What a token says, with the meaning of each claim. Offline; verifies nothing.</summary>
internal sealed class DecodeCommand : ToolCommand
{
    private readonly TokenInputOptions _input = new("decode");

    public DecodeCommand(ToolContext context, GlobalOptions globals)
        : base(
            "decode",
            "Print what the token on standard input says, claim by claim. Sends nothing and verifies nothing.",
            context,
            globals) => _input.AddTo(this);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless token https://vault.azure.net | keyless decode", "whose token do I get, and for how long?"),
        new("keyless decode --file token.txt --json | jq .claims.oid", "one claim"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var token = JsonWebToken.Read(await _input.ReadAsync(call, cancellationToken));
        if (call.Json)
            call.WriteJson(DecodedJson.Of(token, call.Now), ToolJson.Indented.DecodedJson);
        else
            DecodedView.Write(call.Output, token, call.Now);
        return ExitCodes.Ok;
    }
}
