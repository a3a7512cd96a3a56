using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Keyless.Msal.Errors;

namespace Keyless.Msal.Calls;

/// <summary>The core's client as applications use it: one handle for each resource.</summary>
internal sealed class TokenClient
{
    private const int MostResources = 10_000;

    private readonly ConcurrentDictionary<string, ResourceHandle> _handles = new(StringComparer.Ordinal);
    private readonly ApplicationSettings _settings;
    private readonly ManagedIdentityClient _client;
    private ResourceHandle? _last;

    public TokenClient(ApplicationSettings settings)
    {
        _settings = settings;
        _client = new ManagedIdentityClient(settings.ToOptions(settings.Renewed is null ? null : Renewed));
    }

    /// <exception cref="ArgumentException">The text can't name one resource.</exception>
    public ResourceHandle Find(string resource)
    {
        // Callers nearly always pass the same string object again.
        var last = Volatile.Read(ref _last);
        if (last is not null && ReferenceEquals(last.Given, resource))
            return last;

        if (!_handles.TryGetValue(resource, out var handle))
        {
            // A caller that invents resources can't fill the memory; the tokens themselves stay in the cache.
            if (_handles.Count >= MostResources)
                _handles.Clear();
            handle = _handles.GetOrAdd(resource, new ResourceHandle(_client, _settings, resource));
        }

        Volatile.Write(ref _last, handle);
        return handle;
    }

    private void Renewed(TokenResult outcome)
    {
        var result = outcome.Succeeded
            ? new ExecutionResult(new AuthenticationResult(ResultFacts.Of(outcome.Token, _settings.Cache, outcome.Token.AcquiredIn)))
            : new ExecutionResult(ErrorMapping.ToException(outcome.Failure, correlationId: null, outcome.Failure.Elapsed));
        _ = CallBackAsync(result);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What the application's callback throws is the application's.")]
    private async Task CallBackAsync(ExecutionResult result)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await _settings.Renewed!(result).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nobody waits for it.
        }
    }
}
