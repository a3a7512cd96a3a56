using System.CommandLine;
using Keyless.Cli.Decoding;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>What a token says, with the meaning of each claim. Offline; verifies nothing.</summary>
internal sealed class DecodeCommand : ToolCommand
{
    private const string NotHere =
        "A token is a secret and has no place on a command line, where the shell's history and other users see it. "
        + "Pipe it into 'keyless decode', or name its file by --file.";

    private readonly Argument<string?> _input = new("input")
    {
        Description = "'-' for standard input, which is the default.",
        Arity = ArgumentArity.ZeroOrOne,
        Hidden = true,
    };
    private readonly Option<string?> _file = new("--file") { Description = "Read the token from this file instead.", HelpName = "PATH" };

    public DecodeCommand(ToolContext context, GlobalOptions globals)
        : base(
            "decode",
            "Print what the token on standard input says, claim by claim. Sends nothing and verifies nothing.",
            context,
            globals)
    {
        Add(_input);
        Add(_file);
        Validators.Add(result =>
        {
            var input = result.GetResult(_input)?.Tokens is [var token, ..] ? token.Value : null;
            if (input is not (null or "-"))
                result.AddError(NotHere);
            else if (input is not null && result.GetResult(_file) is not null)
                result.AddError("Give '-' or --file, not both.");
        });
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless token https://vault.azure.net | keyless decode", "whose token do I get, and for how long?"),
        new("keyless decode --file token.txt --json | jq .claims.oid", "one claim"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var token = JsonWebToken.Read(await TokenInput.ReadAsync(call, call.Get(_file), cancellationToken));
        if (call.Json)
            call.WriteJson(DecodedJson.Of(token, call.Now), ToolJson.Indented.DecodedJson);
        else
            DecodedView.Write(call.Output, token, call.Now);
        return ExitCodes.Ok;
    }
}
