#nullable disable annotations

namespace Keyless.Msal;

/// <summary>What builders can do besides.</summary>
public static class ManagedIdentityApplicationBuilderExtensions
{
    /// <summary>Experimental. Calls back after each renewal of a token in the background, whatever came of it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="onBackgroundTokenRefreshCompleted">Called on a thread of the pool; nothing waits for it, and what it throws is
    /// ignored.</param>
    /// <exception cref="ArgumentNullException">The callback is null.</exception>
    /// <exception cref="MsalClientException"><c>experimental_feature</c>: experimental features are not allowed.</exception>
    public static ManagedIdentityApplicationBuilder OnBackgroundTokenRefreshCompleted(
        this ManagedIdentityApplicationBuilder builder, Func<ExecutionResult, Task> onBackgroundTokenRefreshCompleted)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.RequireExperimentalFeatures();
        ArgumentNullException.ThrowIfNull(onBackgroundTokenRefreshCompleted);
        builder.Settings.Renewed = onBackgroundTokenRefreshCompleted;
        return builder;
    }
}
