using System.Text;
using System.Text.Json;
using Keyless.Cli.Certificates;
using Keyless.Cli.Diagnosis;

namespace Keyless.Cli.Tests.Support;

/// <summary>The tool in a world of the test's own: a machine without variables, empty input, no terminal.</summary>
internal sealed record Tool
{
    public MachineEnvironment Environment { get; init; } = Machine();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A directory without a configuration file, unless a test says otherwise.</summary>
    public string Directory { get; init; } = AppContext.BaseDirectory;

    public Stream Input { get; init; } = Stream.Null;

    public bool InputIsTerminal { get; init; }

    public int? OutputWidth { get; init; }

    public int? ErrorWidth { get; init; }

    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The certificates that are trusted; there is no such store unless a test says otherwise.</summary>
    public ITrustedRoots? Roots { get; init; }

    public IFileView Files { get; init; } = new SystemFiles();

    /// <summary>What the tool has written to standard error so far; for tests that look while it runs.</summary>
    public SignallingWriter Error { get; } = new();

    public SignallingWriter Output { get; } = new();

    /// <summary>A machine with these variables and no others.</summary>
    public static MachineEnvironment Machine(params (string Name, string Value)[] variables) =>
        MachineEnvironment.FromVariables(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));

    public static Stream Text(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    public Task<ToolRun> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    public async Task<ToolRun> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        var context = new ToolContext
        {
            Output = Output,
            Error = Error,
            OpenInput = () => Input,
            Environment = Environment,
            Directory = Directory,
            Time = Time,
            OutputWidth = OutputWidth,
            ErrorWidth = ErrorWidth,
            InputIsTerminal = InputIsTerminal,
            Handler = Handler,
            TrustedRoots = () => Roots ?? throw new InvalidOperationException("A test would change the machine's certificates."),
            Files = Files,
            OwnProgram = () => ToolProcess.Command,
        };
        var exitCode = await CommandLine.RunAsync(args, context, cancellationToken);
        return new ToolRun(exitCode, Output.Text, Error.Text);
    }
}

/// <summary>What came of a run.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON value that it must be.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);
}
