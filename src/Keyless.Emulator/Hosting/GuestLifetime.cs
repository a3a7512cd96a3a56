using Microsoft.Extensions.Hosting;

namespace Keyless.Emulator.Hosting;

/// <summary>The emulator is a guest in somebody's process: Ctrl+C and the like are that program's own affair.</summary>
internal sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
