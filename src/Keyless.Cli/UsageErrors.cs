using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Keyless.Cli.Output;

namespace Keyless.Cli;

/// <summary>Says what is wrong with a command line. A token that was put on it by mistake is not repeated.</summary>
internal static partial class UsageErrors
{
    public static int Write(ParseResult parsed, Page error)
    {
        foreach (var message in parsed.Errors.Select(problem => problem.Message).Distinct(StringComparer.Ordinal))
            error.Error(WithoutTokens(message));

        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count > 0)
            error.Line($"The commands{(command is RootCommand ? "" : $" of {command.Name}")} are {string.Join(", ", command.Subcommands.Select(each => each.Name))}.");
        error.Line($"Run '{PathOf(parsed.CommandResult)} --help' to see what it takes.");
        return ExitCodes.Usage;
    }

    public static string WithoutTokens(string text) => Token().Replace(text, "(a token, not shown)");

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "keyless";

    // Every signed token starts with an encoded '{"'.
    [GeneratedRegex("eyJ[A-Za-z0-9_.-]{16,}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
