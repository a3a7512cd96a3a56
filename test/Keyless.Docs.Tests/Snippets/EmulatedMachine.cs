using Keyless.Docs.Tests.Snippets;
using Keyless.Emulator;

[assembly: AssemblyFixture(typeof(EmulatedMachine))]

namespace Keyless.Docs.Tests.Snippets;

/// <summary>Makes this process a web app with a managed identity, so that the snippets run as they stand on the page.</summary>
public sealed class EmulatedMachine : IAsyncLifetime
{
    /// <summary>The emulator behind it.</summary>
    public ManagedIdentityEmulator Emulator { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Emulator = await ManagedIdentityEmulator.StartAsync();
        foreach (var (name, value) in Emulator[SourceKind.AppService].Variables)
            Environment.SetEnvironmentVariable(name, value);

        // The emulator makes its key at the first request, which on a busy machine takes longer than a snippet's own time limits.
        var patience = TimeSpan.FromMinutes(1);
        await new ManagedIdentityClient(new ManagedIdentityOptions { Timeout = patience, AttemptTimeout = patience, Cache = new TokenCache() })
            .GetTokenAsync("https://warm.example");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
