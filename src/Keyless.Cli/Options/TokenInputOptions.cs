using System.CommandLine;
using Keyless.Cli.Commands;
using Keyless.Cli.Decoding;

namespace Keyless.Cli.Options;

/// <summary>Where a command reads a token from: standard input, or a file. Never the command line.</summary>
internal sealed class TokenInputOptions(string command)
{
    private readonly Argument<string?> _input = new("input")
    {
        Description = "'-' for standard input, which is the default.",
        Arity = ArgumentArity.ZeroOrOne,
        Hidden = true,
    };
    private readonly Option<string?> _file = new("--file") { Description = "Read the token from this file instead.", HelpName = "PATH" };

    /// <summary>The most that is read, in KiB.</summary>
    public int MostKibibytes { get; init; } = 64;

    public void AddTo(Command to)
    {
        to.Add(_input);
        to.Add(_file);
        to.Validators.Add(result =>
        {
            var input = result.GetResult(_input)?.Tokens is [var token, ..] ? token.Value : null;
            if (input is not (null or "-"))
            {
                result.AddError(
                    "A token is a secret and has no place on a command line, where the shell's history and other users see it. "
                    + $"Pipe it into 'keyless {command}', or name its file by --file.");
            }
            else if (input is not null && result.GetResult(_file) is not null)
            {
                result.AddError("Give '-' or --file, not both.");
            }
        });
    }

    /// <exception cref="ToolException">There is none, or too much.</exception>
    public Task<string> ReadAsync(Invocation call, CancellationToken cancellationToken) =>
        TokenInput.ReadAsync(call, call.Get(_file), MostKibibytes, cancellationToken);
}
