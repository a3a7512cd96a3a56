using System.Collections.Immutable;
using Keyless.Msal.Http;
using Keyless.Msal.Logging;
using Keyless.Pipeline;
using Keyless.Sources;

namespace Keyless.Msal.Calls;

/// <summary>What builders collect; an application has a copy of its own.</summary>
internal sealed class ApplicationSettings
{
    public ManagedIdentity Identity { get; set; } = ManagedIdentity.SystemAssigned;

    public IMsalHttpClientFactory? HttpClientFactory { get; set; }

    public bool Retries { get; set; } = true;

    public LogTarget Log { get; set; } = new();

    public bool ExperimentalFeatures { get; set; }

    public IReadOnlyList<string> Capabilities { get; set; } = [];

    public ImmutableSortedDictionary<string, string> ExtraParameters { get; set; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public Func<ExecutionResult, Task>? Renewed { get; set; }

    /// <summary>The machine and the clock; tests have their own.</summary>
    public MachineEnvironment Machine { get; set; } = MachineEnvironment.Process;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public TokenCache Cache { get; set; } = TokenCache.Shared;

    /// <summary>Keys that keep tokens apart and are not sent; those of a request.</summary>
    public ImmutableSortedDictionary<string, string>? Partition { get; private set; }

    public ApplicationSettings With(ImmutableSortedDictionary<string, string> partition)
    {
        var settings = Snapshot();
        settings.Partition = partition;
        return settings;
    }

    public ApplicationSettings Snapshot() => (ApplicationSettings)MemberwiseClone();

    public ManagedIdentityOptions ToOptions(Action<TokenResult>? renewed)
    {
        var options = new ManagedIdentityOptions
        {
            Identity = Identity,
            ClientCapabilities = Capabilities,
            Cache = Cache,
            CacheScope = Scope(" ", ExtraParameters) + Scope(" partition ", Partition ?? ImmutableSortedDictionary<string, string>.Empty),
            Environment = Machine,
            TimeProvider = Time,
            Handler = CreateHandler(),
            PinnedHandlerFactory = CreatePinnedHandlerFactory(),
            LoggerFactory = Log.IsUsed ? new LogAdapter(Log) : null,
            Retries = Retries,
            Renewed = renewed,
        };

        // Whoever switches retries off makes their own, which a remembered failure would answer.
        return Retries ? options : options with { FailureMemory = TimeSpan.Zero };
    }

    /// <summary>What requests are sent by. Null: the core's own transport.</summary>
    public HttpMessageHandler? CreateHandler()
    {
        HttpMessageHandler? handler = HttpClientFactory is null ? null : new FactoryHandler(HttpClientFactory.GetHttpClient);
        return ExtraParameters.IsEmpty
            ? handler
            : new ExtraParametersHandler(ExtraParameters, handler ?? EndpointTransport.CreateHandler(pin: null, ImdsSource.Concurrency));
    }

    private static string Scope(string before, IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Concat(pairs.Select(pair => $"{before}{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value ?? "")}"));

    private Func<string, HttpMessageHandler>? CreatePinnedHandlerFactory()
    {
        Func<string, HttpMessageHandler>? create = HttpClientFactory is IMsalSFHttpClientFactory factory
            ? thumbprint => PinnedCertificate.HandlerOf(factory, thumbprint)
            : null;
        if (ExtraParameters.IsEmpty)
            return create;
        create ??= static thumbprint => EndpointTransport.CreateHandler(new CertificatePin(thumbprint), Keyless.Sources.TokenSource.UsualConnections);
        return thumbprint => new ExtraParametersHandler(ExtraParameters, create(thumbprint));
    }
}
