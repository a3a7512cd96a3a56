using System.Globalization;

namespace Keyless.Cli.Explaining;

/// <summary>What the exit codes of the tool mean.</summary>
internal static class ExitCodeGuide
{
    public static IEnumerable<Explanation> All { get; } =
    [
        Of(ExitCodes.Ok, "Done."),
        Of(
            ExitCodes.Unexpected,
            "An unexpected error, or the emulator could not start.",
            "Read the message on standard error; if it names a port or an address, choose another one."),
        Of(
            ExitCodes.Usage,
            "The command line or the input makes no sense: an unknown option, an id that is no GUID, a token that is none.",
            "Read the message on standard error, and the command's --help."),
        Of(ExitCodes.NoManagedIdentity, "This machine has no managed identity."),
        Of(
            ExitCodes.Unreachable,
            "There should be an endpoint, or for status, logs, cert, env, fault, journal, clock, key, identity, token mint and token verify "
                + "an emulator, but it can't be talked to.",
            "For an emulator: start it by 'keyless up', or name its address by --admin. For a token: see the kind in the message."),
        Of(ExitCodes.Refused, "The endpoint, or what announces it, is there but gives no usable token."),
        Of(ExitCodes.TimedOut, "It took too long."),
        Of(
            ExitCodes.NotAsExpected,
            "'keyless journal verify' found that the requests were not those that were expected, or 'keyless token verify' that a token "
                + "is to be refused.",
            "Read what was found: the requests and what differs in those that come near, or the check that the token fails."),
        Of(
            ExitCodes.SeriousFinding,
            "'keyless doctor' found something that does not work, or is dangerous.",
            "Each finding says what to do."),
        Of(
            ExitCodes.CommandNotRun,
            "'keyless exec' found a file of the command's name, but it can't be run.",
            "Make the file executable, or name the interpreter that runs it."),
        Of(
            ExitCodes.CommandNotFound,
            "'keyless exec' found no command of that name.",
            "Check its spelling and the variable PATH; a shell's own commands need the shell, as in 'sh -c'."),
        Of(ExitCodes.Cancelled, "Stopped by Ctrl+C or SIGTERM."),
    ];

    private static Explanation Of(int code, string meaning, string? cure = null) => new()
    {
        Type = TermType.ExitCode,
        Term = code.ToString(CultureInfo.InvariantCulture),
        Meaning = meaning,
        Cure = cure,
        Kinds = [.. FailureGuide.All.Where(guide => ExitCodes.For(guide.Kind) == code)],
    };
}
