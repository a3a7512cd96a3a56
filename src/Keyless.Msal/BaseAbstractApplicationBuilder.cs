#nullable disable annotations

using System.ComponentModel;
using System.Runtime.CompilerServices;
using Keyless.Msal.Calls;
using Keyless.Msal.Logging;

namespace Keyless.Msal;

/// <summary>What the builders of applications have in common.</summary>
/// <typeparam name="T">The builder.</typeparam>
public abstract class BaseAbstractApplicationBuilder<T>
    where T : BaseAbstractApplicationBuilder<T>
{
    private protected BaseAbstractApplicationBuilder()
    {
    }

    internal ApplicationSettings Settings { get; } = new();

    /// <summary>Sends requests by clients of the application's own.</summary>
    /// <param name="httpClientFactory">Hands out the clients; null for the library's own transport.</param>
    public T WithHttpClientFactory(IMsalHttpClientFactory httpClientFactory)
    {
        Settings.HttpClientFactory = httpClientFactory;
        return (T)this;
    }

    /// <summary>Sends requests by clients of the application's own, with or without retries.</summary>
    /// <param name="httpClientFactory">Hands out the clients; null for the library's own transport.</param>
    /// <param name="retryOnceOn5xx">False: each acquisition is one attempt, and a failure is not remembered, so that the application's own
    /// retries work.</param>
    public T WithHttpClientFactory(IMsalHttpClientFactory httpClientFactory, bool retryOnceOn5xx)
    {
        Settings.HttpClientFactory = httpClientFactory;
        Settings.Retries = retryOnceOn5xx;
        return (T)this;
    }

    /// <summary>Logs to a callback.</summary>
    /// <param name="loggingCallback">Takes the lines.</param>
    /// <param name="logLevel">How much; null for <see cref="LogLevel.Info"/>.</param>
    /// <param name="enablePiiLogging">Whether lines may name identities and addresses; null for no.</param>
    /// <param name="enableDefaultPlatformLogging">Whether lines go to the platform's trace listeners, too; null for no.</param>
    /// <exception cref="InvalidOperationException">There is a callback already.</exception>
    public T WithLogging(
        LogCallback loggingCallback, LogLevel? logLevel = null, bool? enablePiiLogging = null, bool? enableDefaultPlatformLogging = null)
    {
        if (Settings.Log.Callback is not null)
            throw new InvalidOperationException("There is a logging callback already; an application has one.");
        Settings.Log = new LogTarget
        {
            Callback = loggingCallback,
            Logger = Settings.Log.Logger,
            Level = logLevel ?? Settings.Log.Level,
            WithPii = enablePiiLogging ?? Settings.Log.WithPii,
            ToPlatform = enableDefaultPlatformLogging ?? Settings.Log.ToPlatform,
        };
        return (T)this;
    }

    /// <summary>Logs to an object, which says itself how much it wants.</summary>
    /// <param name="identityLogger">Takes the lines.</param>
    /// <param name="enablePiiLogging">Whether lines may name identities and addresses.</param>
    public T WithLogging(IIdentityLogger identityLogger, bool enablePiiLogging = false)
    {
        Settings.Log = Settings.Log with { Logger = identityLogger, WithPii = enablePiiLogging };
        return (T)this;
    }

    /// <summary>Logs to the debugger, if one is attached.</summary>
    /// <param name="logLevel">How much.</param>
    /// <param name="enablePiiLogging">Whether lines may name identities and addresses.</param>
    /// <param name="withDefaultPlatformLoggingEnabled">Whether lines go to the platform's trace listeners, too.</param>
    /// <exception cref="InvalidOperationException">There is a callback already.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public T WithDebugLoggingCallback(
        LogLevel logLevel = LogLevel.Info, bool enablePiiLogging = false, bool withDefaultPlatformLoggingEnabled = false) =>
        WithLogging(LogTarget.ToDebugger, logLevel, enablePiiLogging, withDefaultPlatformLoggingEnabled);

    /// <summary>Allows what is marked as experimental.</summary>
    /// <param name="enableExperimentalFeatures">Whether it is allowed.</param>
    public T WithExperimentalFeatures(bool enableExperimentalFeatures = true)
    {
        Settings.ExperimentalFeatures = enableExperimentalFeatures;
        return (T)this;
    }

    /// <summary>Names the caller. Managed identity endpoints are not told; kept so that code compiles.</summary>
    /// <param name="clientName">The name.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public T WithClientName(string clientName) => (T)this;

    /// <summary>Names the caller's version. Managed identity endpoints are not told; kept so that code compiles.</summary>
    /// <param name="clientVersion">The version.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public T WithClientVersion(string clientVersion) => (T)this;

    internal void RequireExperimentalFeatures([CallerMemberName] string member = "")
    {
        if (!Settings.ExperimentalFeatures)
        {
            throw new MsalClientException(
                MsalError.ExperimentalFeature, $"{member} is experimental: call {nameof(WithExperimentalFeatures)}() on the builder before it.");
        }
    }
}
