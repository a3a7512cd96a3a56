using System.Net;
using Keyless.Cli.Administration;
using Keyless.Cli.Commands;
using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Emulator;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Emulation;

/// <summary>Runs an emulator until it is told to stop.</summary>
internal static class EmulatorServer
{
    /// <exception cref="ToolException">The emulator can't start.</exception>
    public static async Task RunAsync(EmulatorPlan plan, Invocation call, CancellationToken cancellationToken)
    {
        var configuration = EmulatorSettings.Read(plan.ConfigurationFile, plan.Flags, call.Context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Action shutDown = () => _ = stop.CancelAsync();
        EmulatorOptions OptionsOf(EmulatorConfiguration read) =>
            plan.Access.ApplyTo(EmulatorSettings.OptionsOf(read, plan.Sources, plan.Port, call.Context)) with
            {
                ShutdownRequested = shutDown,
            };

        AdminFile? file = null;
        try
        {
            var options = OptionsOf(configuration);
            await using var emulator = await EmulatorStart.RunAsync(options, stop.Token);

            // A signing key takes a good part of a second to make: it is begun now, so that the first caller waits for less of it.
            _ = emulator.Keys.ListAsync(CancellationToken.None);
            Print(emulator, plan, options.Hosts.Count > 0, call);
            await call.Context.Output.FlushAsync(stop.Token);

            file = AdminFile.Write(RecordOf(emulator, options, configuration, plan), call.Context.Environment);
            if (emulator.PassthroughNotice is { } notice)
                call.Error.Paragraph($"Warning: {notice}", ink: Ink.Warning);
            call.Error.Line(plan.Log is null ? "Ready. Ctrl+C stops it." : "Ready. 'keyless down' stops it.", Ink.Good);
            if (configuration.File is null)
                await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                await FollowAsync(emulator, configuration, OptionsOf, plan, call, stop.Token);
        }
        finally
        {
            // Where there is no file, there is no port open either, and no key file left.
            file?.Dispose();
        }

        call.Error.Line("Stopped.");
    }

    private static void Print(ManagedIdentityEmulator emulator, EmulatorPlan plan, bool namesHosts, Invocation call)
    {
        switch (plan.Format)
        {
            case EmulatorFormat.None:
                break;
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
    }

    private static AdminRecord RecordOf(
        ManagedIdentityEmulator emulator, EmulatorOptions options, EmulatorConfiguration configuration, EmulatorPlan plan) =>
        new("", AdminAddressOf(emulator, options))
        {
            Process = Environment.ProcessId,
            Configuration = configuration.File is { } file ? Path.GetFullPath(file) : null,
            Log = plan.Log,
            Settings = plan.Settings,
        };

    // The name that others know this machine by need not be one that it knows itself.
    private static Uri AdminAddressOf(ManagedIdentityEmulator emulator, EmulatorOptions options) =>
        options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any)
            ? new UriBuilder(emulator.AdminAddress!) { Host = "127.0.0.1" }.Uri
            : emulator.AdminAddress!;

    private static Task FollowAsync(
        ManagedIdentityEmulator emulator,
        EmulatorConfiguration configuration,
        Func<EmulatorConfiguration, EmulatorOptions> optionsOf,
        EmulatorPlan plan,
        Invocation call,
        CancellationToken cancellationToken)
    {
        var layers = EmulatorSettings.LayersOf(configuration.File, plan.Flags, call.Context);
        var watcher = new ConfigurationWatcher(emulator, configuration, layers, call.Context.Time)
        {
            OptionsOf = optionsOf,
        };
        return watcher.RunAsync(reload => Report(reload, configuration.File!, call.Error), cancellationToken);
    }

    private static void Report(ConfigurationReload reload, string file, Page page)
    {
        if (reload.Refusal is { } refusal)
        {
            foreach (var line in refusal.Split('\n'))
                page.Error(Printable.Of(line));
            page.Line("The emulator goes on as it was.");
            return;
        }

        page.Line($"Reloaded {file}.{(reload.Changes.Count == 0 ? " Nothing that can be shown has changed." : "")}", Ink.Good);
        foreach (var change in reload.Changes)
            page.Line($"  {Printable.Of(change.ToString())}");
    }

    private static LaunchSettingsJson ProfilesOf(ManagedIdentityEmulator emulator, bool namesHosts) => new(emulator.Hosts.ToDictionary(
        host => namesHosts ? host.Name : SourceName.Of(host.Source),
        host => LaunchProfileJson.Of(host.Variables, HostVariables.ToUnset(host)),
        StringComparer.Ordinal));
}
