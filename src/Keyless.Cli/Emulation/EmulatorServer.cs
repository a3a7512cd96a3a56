using Keyless.Cli.Commands;
using Keyless.Cli.Output;
using Keyless.Emulator;

namespace Keyless.Cli.Emulation;

/// <summary>Runs an emulator until it is told to stop.</summary>
internal static class EmulatorServer
{
    /// <exception cref="ToolException">The emulator can't start.</exception>
    public static async Task RunAsync(EmulatorPlan plan, Invocation call, CancellationToken cancellationToken)
    {
        var options = new EmulatorOptions
        {
            Sources = plan.Sources,
            Address = plan.Address,
            Ports = plan.Ports,
            AuthorityPort = plan.AuthorityPort,
            TimeProvider = call.Context.Time,
            ArcKeyDirectory = call.Context.Environment.ArcKeyDirectory,
        };
        await using var emulator = await EmulatorStart.RunAsync(
            plan.Lifetime is { } lifetime ? options with { TokenLifetime = lifetime } : options, cancellationToken);

        if (plan.Shell is { } shell)
            EmulatorView.Write(call.Output, emulator, shell);
        else
            call.WriteJson(EmulatorJson.Of(emulator), ToolJson.OneLine.EmulatorJson);
        await call.Context.Output.FlushAsync(cancellationToken);

        call.Error.Line("Ready. Ctrl+C stops it.", Ink.Good);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        call.Error.Line("Stopped.");
    }
}
