using Keyless.Cli.Commands;
using Keyless.Cli.Options;
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

        switch (plan.Format)
        {
            case EmulatorFormat.Json:
                call.WriteJson(EmulatorJson.Of(emulator), ToolJson.OneLine.EmulatorJson);
                break;
            case EmulatorFormat.LaunchSettings:
                call.WriteJson(ProfilesOf(emulator), ToolJson.Indented.LaunchSettingsJson);
                break;
            default:
                EmulatorView.Write(call.Output, emulator, plan.Shell);
                break;
        }

        await call.Context.Output.FlushAsync(cancellationToken);

        call.Error.Line("Ready. Ctrl+C stops it.", Ink.Good);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        call.Error.Line("Stopped.");
    }

    private static LaunchSettingsJson ProfilesOf(ManagedIdentityEmulator emulator) => new(emulator.Hosts.ToDictionary(
        host => emulator.Hosts.Count(other => other.Source == host.Source) == 1 ? SourceName.Of(host.Source) : host.Name,
        host => LaunchProfileJson.Of(host.Variables, HostVariables.ToUnset(host)),
        StringComparer.Ordinal));
}
