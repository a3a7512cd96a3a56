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
    public static async Task<int> RunAsync(SourceKind source, IReadOnlyList<string> command, Invocation call, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo { UseShellExecute = false };
        start.FileName = ProgramFile.Find(command[0], start.Environment);
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);

        await using var emulator = await EmulatorStart.RunOneAsync(source, call, cancellationToken);
        var host = emulator[source];
        ChildVariables.Apply(start.Environment, host);
        if (call.Error.IsTerminal)
            call.Error.Line(Describe(host), Ink.Faint);
        return await ChildProcess.RunAsync(start, cancellationToken);
    }

    private static string Describe(EmulatedHost host)
    {
        var identities = host.AssignedIdentities.Select(identity => identity.Name).ToArray();
        return $"Emulating {SourceName.Of(host.Source)}: {(identities.Length > 0 ? $"identities {string.Join(", ", identities)}" : "a user's tokens")}.";
    }
}
