namespace Keyless.Emulator.Configuration;

/// <summary>Follows a configuration file: an emulator becomes what the file describes, and stays what it was where the file is wrong.</summary>
/// <remarks>
/// The content is read twice a second and taken once two looks have found the same, so that a file that is being written is left alone.
/// That works on every file system, for every editor, and through links.
/// </remarks>
/// <param name="emulator">The emulator.</param>
/// <param name="configuration">The configuration that it was started with; one that was read from a file.</param>
/// <param name="layers">What that was read from.</param>
/// <param name="time">What the looks are timed by; the machine's own clock, not the emulator's.</param>
public sealed class ConfigurationWatcher(
    ManagedIdentityEmulator emulator, EmulatorConfiguration configuration, ConfigurationLayers layers, TimeProvider time)
{
    /// <summary>How long it waits between two looks: half a second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private EmulatorConfiguration _current = configuration;

    /// <summary>What a configuration comes to for the emulator, where more than its own options count.</summary>
    /// <value>Default: the configuration's options.</value>
    public Func<EmulatorConfiguration, EmulatorOptions> OptionsOf { get; init; } = static configuration => configuration.Options;

    /// <summary>Follows the file until it is told to stop.</summary>
    /// <param name="report">Told what came of each change of the file.</param>
    /// <param name="cancellationToken">Stops it; that is no error.</param>
    public async Task RunAsync(Action<ConfigurationReload> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (taken, seen) = (_current.Fingerprint, _current.Fingerprint);
        while (await PauseAsync(cancellationToken).ConfigureAwait(false))
        {
            var content = ReadContent();
            var before = seen;
            seen = content.Fingerprint;
            if (seen == taken || seen != before)
                continue;

            taken = seen;
            if (await ReloadAsync(content, cancellationToken).ConfigureAwait(false) is { } reload)
                report(reload);
        }
    }

    private async Task<bool> PauseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private (byte[] Bytes, string Fingerprint, ConfigurationException? Problem) ReadContent()
    {
        try
        {
            var bytes = EmulatorConfiguration.ReadBytes(layers.File!);
            return (bytes, EmulatorConfiguration.FingerprintOf(bytes), null);
        }
        catch (ConfigurationException exception)
        {
            return ([], exception.Message, exception);
        }
    }

    private async Task<ConfigurationReload?> ReloadAsync(
        (byte[] Bytes, string Fingerprint, ConfigurationException? Problem) content, CancellationToken cancellationToken)
    {
        if (content.Problem is { } problem)
            return new ConfigurationReload([], problem.Message);
        try
        {
            var next = EmulatorConfiguration.Read(content.Bytes, layers);
            await emulator.ReloadAsync(OptionsOf(next), cancellationToken).ConfigureAwait(false);
            var changes = ConfigurationChange.Between(_current, next);
            _current = next;
            return new ConfigurationReload(changes, null);
        }
        catch (Exception exception) when (exception is ConfigurationException or EmulatorException)
        {
            return new ConfigurationReload([], exception.Message);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
