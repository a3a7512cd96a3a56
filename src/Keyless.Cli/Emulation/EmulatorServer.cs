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
        var configuration = EmulatorSettings.Read(plan.ConfigurationFile, plan.Flags, call.Context);
        var options = EmulatorSettings.OptionsOf(configuration, plan.Sources, plan.Port, call.Context);
        await using var emulator = await EmulatorStart.RunAsync(options, cancellationToken);

        var namesHosts = options.Hosts.Count > 0;
        switch (plan.Format)
        {
            case EmulatorFormat.Json:
                call.WriteJson(EmulatorJson.Of(emulator), ToolJson.OneLine.EmulatorJson);
                break;
            case EmulatorFormat.LaunchSettings:
                call.WriteJson(ProfilesOf(emulator, namesHosts), ToolJson.Indented.LaunchSettingsJson);
                break;
            default:
                EmulatorView.Write(call.Output, emulator, plan.Shell, namesHosts);
                break;
        }

        await call.Context.Output.FlushAsync(cancellationToken);

        call.Error.Line("Ready. Ctrl+C stops it.", Ink.Good);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        call.Error.Line("Stopped.");
    }

    private static LaunchSettingsJson ProfilesOf(ManagedIdentityEmulator emulator, bool namesHosts) => new(emulator.Hosts.ToDictionary(
        host => namesHosts ? host.Name : SourceName.Of(host.Source),
        host => LaunchProfileJson.Of(host.Variables, HostVariables.ToUnset(host)),
        StringComparer.Ordinal));
}
