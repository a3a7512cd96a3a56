using Keyless.Cli.Certificates;
using Keyless.Cli.Diagnosis;

namespace Keyless.Cli;

/// <summary>The world as the tool sees it: its streams, the machine and the clock. Tests make one of their own.</summary>
internal sealed record ToolContext
{
    /// <summary>Where data goes, and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where everything goes that is not data: errors, notes, logs.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>The machine whose variables and files count.</summary>
    public required MachineEnvironment Environment { get; init; }

    /// <summary>The directory that file names without one are in, and that a configuration file is looked for in.</summary>
    public string Directory { get; init; } = System.IO.Directory.GetCurrentDirectory();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many columns the terminal has that <see cref="Output"/> is; null where it is none.</summary>
    public int? OutputWidth { get; init; }

    /// <summary>How many columns the terminal has that <see cref="Error"/> is; null where it is none.</summary>
    public int? ErrorWidth { get; init; }

    /// <summary>Whether standard input is a person at a keyboard.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>The command line that runs this very tool once more: the program, and what comes before the tool's arguments.</summary>
    public Func<IReadOnlyList<string>> OwnProgram { get; init; } = Background.OwnProgram.OfProcess;

    /// <summary>The certificates that this user's programs trust; made when needed.</summary>
    public Func<ITrustedRoots> TrustedRoots { get; init; } = static () => new UserTrustedRoots();

    /// <summary>The files that a diagnosis looks at.</summary>
    public IFileView Files { get; init; } = new SystemFiles();

    /// <summary>What token requests are sent by, in place of the client's own transport.</summary>
    public HttpMessageHandler? Handler { get; init; }

    public static ToolContext OfProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OpenInput = Console.OpenStandardInput,
        Environment = MachineEnvironment.Process,
        OutputWidth = Console.IsOutputRedirected ? null : TerminalWidth(),
        ErrorWidth = Console.IsErrorRedirected ? null : TerminalWidth(),
        InputIsTerminal = !Console.IsInputRedirected,
    };

    private static int TerminalWidth()
    {
        const int Usual = 80;
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
