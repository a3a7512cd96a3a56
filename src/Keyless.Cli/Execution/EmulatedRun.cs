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
    /// <exception cref="ToolException">There is no such machine, the command can't be run, or the emulator can't start.</exception>
    public static async Task<int> RunAsync(
        HostChoice choice, IReadOnlyList<string> command, Invocation call, CancellationToken cancellationToken)
    {
        var options = choice.Resolve(call.Context);
        var start = new ProcessStartInfo { UseShellExecute = false };
        start.FileName = ProgramFile.Find(command[0], start.Environment);
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);

        await using var emulator = await EmulatorStart.RunOneAsync(options, cancellationToken);
        var host = emulator.Hosts[0];
        ChildVariables.Apply(start.Environment, host);
        if (call.Error.IsTerminal)
            call.Error.Line(Describe(host), Ink.Faint);
        return await ChildProcess.RunAsync(start, cancellationToken);
    }

    private static string Describe(EmulatedHost host)
    {
        var names = ChosenIdentity.NamesOn(host);
        var tokens = host.Kind == HostKind.CloudShell
            ? "a user's tokens"
            : names.Count switch
            {
                0 => "no identity",
                1 => $"identity {names[0]}",
                _ => $"identities {string.Join(", ", names)}",
            };

        // The name says nothing where no file has given it.
        var source = SourceName.Of(host.Source);
        var machine = host.Name == HostDescription.For(host.Source).Name ? source : $"{host.Name} ({source})";
        return $"Emulating {machine}: {tokens}.";
    }
}
