using System.Net;
using Keyless.Emulator.Admin;
using Keyless.Emulator.Api;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator;

/// <content>The admin API.</content>
public sealed partial class ManagedIdentityEmulator
{
    private Listener? _adminListener;

    /// <summary>Where the admin API is; its description is at <c>openapi.json</c> there. Null: there is none.</summary>
    /// <value>Default: null, unless <see cref="EmulatorOptions.AdminPort"/> is set.</value>
    public Uri? AdminAddress => _adminListener?.BaseAddress;

    internal TenantDirectory TenantDirectory => _directory;

    internal TokenCheck TokenCheck { get; }

    internal EmulatorOptions CurrentOptions => _options;

    /// <summary>Whether all that was described is open.</summary>
    internal bool IsListening { get; private set; }

    /// <summary>When it was started, by the machine's clock: tells it from the one before it at the same address.</summary>
    internal DateTimeOffset StartedOn { get; }

    /// <summary>Whether the certificates of its hosts are the same at the next start.</summary>
    internal bool KeepsCertificates => _options.KeyDirectory is not null;

    /// <summary>Asks whoever has started the emulator to end it.</summary>
    /// <returns>False: they do not take such requests.</returns>
    internal bool TryShutDown()
    {
        _options.ShutdownRequested?.Invoke();
        return _options.ShutdownRequested is not null;
    }

    internal async Task PrepareKeyAsync(CancellationToken ct) => await Keys.GetActiveAsync(ct).ConfigureAwait(false);

    private async Task StartAdminAsync(CancellationToken ct)
    {
        if (_options.AdminPort is { } port)
        {
            // Without a key it is this machine's alone, whatever the other ports are.
            var address = IPAddress.IsLoopback(_options.Address) || _options is { AdminKey: not null, AllowRemote: true } ? _options.Address : IPAddress.Loopback;
            var plane = new AdminPlane(this, _names, _options.AdminKey);
            _adminListener = await Listener
                .StartAsync(
                    address,
                    port,
                    $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.AdminPort)}",
                    certificate: null,
                    RequestPipeline.Unwatched("admin", plane, Clock, _names),
                    ct,
                    AdminPlane.Limits)
                .ConfigureAwait(false);
        }

        IsListening = true;
    }

    private async ValueTask StopAdminAsync()
    {
        IsListening = false;
        if (_adminListener is not null)
            await _adminListener.DisposeAsync().ConfigureAwait(false);
    }
}
