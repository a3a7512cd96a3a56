using System.Diagnostics;
using Keyless.Cli.Commands;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Emulator;

namespace Keyless.Cli.Execution;

/// <summary>A command that runs on an emulated machine, which ends with it.</summary>
internal static class EmulatedRun
{
    /// <returns>The command's exit code.</returns>
    /// <exception cref="ToolException">The command can't be run, or the emulator can't start.</exception>
    public static async Task<int> RunAsync(
        SourceKind source, string? identity, IReadOnlyList<string> command, Invocation call, CancellationToken cancellationToken)
    {
        var described = ChosenIdentity.HostWith(source, identity);
        var start = new ProcessStartInfo { UseShellExecute = false };
        start.FileName = ProgramFile.Find(command[0], start.Environment);
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);

        await using var emulator = await EmulatorStart.RunOneAsync(described, call, cancellationToken);
        var host = emulator.Hosts[0];
        ChildVariables.Apply(start.Environment, host);
        if (call.Error.IsTerminal)
            call.Error.Line(Describe(host), Ink.Faint);
        return await ChildProcess.RunAsync(start, cancellationToken);
    }

    private static string Describe(EmulatedHost host)
    {
        var names = ChosenIdentity.NamesOn(host);
        var tokens = names.Count == 0 ? "a user's tokens" : $"{(names.Count == 1 ? "identity" : "identities")} {string.Join(", ", names)}";
        return $"Emulating {SourceName.Of(host.Source)}: {tokens}.";
    }
}
