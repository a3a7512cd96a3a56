using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Keyless.Emulator.Passthrough;

/// <summary>Real tokens of the developer's own login, for the resources that were named; one run of the command at a time for each.</summary>
internal sealed class DeveloperTokens : IPassthroughTokens
{
    private static readonly TimeSpan KeptUntilLeft = TimeSpan.FromMinutes(2);

    // A command that is a client of managed identities must not come back to the emulator; and no key of ours is its business.
    private static readonly string[] Hidden =
    [
        "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET",
        "DEFAULT_IDENTITY_CLIENT_ID", "AZURE_POD_IDENTITY_AUTHORITY_HOST", "KEYLESS_ADMIN_KEY",
    ];

    private readonly Dictionary<string, Task<PassthroughToken>> _tokens = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly PassthroughOptions _options;
    private readonly MachineEnvironment _machine;
    private readonly TimeProvider _clock;
    private readonly LoginCommand _command;
    private bool _ended;

    public DeveloperTokens(PassthroughOptions options, MachineEnvironment machine, TimeProvider clock)
    {
        _options = options;
        _machine = machine;
        _clock = clock;
        _command = LoginCommand.Of(options.Command);
    }

    public string Login => _command.Name;

    /// <exception cref="PassthroughException">There is none; the text says what to do.</exception>
    public async ValueTask<PassthroughToken> GetTokenAsync(string resource, CancellationToken cancellationToken)
    {
        if (!_options.Resources.Contains(resource, StringComparer.Ordinal))
            throw new ArgumentException("The resource is not on the list.", nameof(resource));

        Task<PassthroughToken> flight;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            if (!_tokens.TryGetValue(resource, out flight!) || !IsGood(flight))
                _tokens[resource] = flight = Task.Run(() => FetchAsync(resource, _ending.Token), CancellationToken.None);
        }

        return await flight.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Task[] flights;
        lock (_gate)
        {
            _ended = true;
            flights = [.. _tokens.Values];
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(flights).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    [SuppressMessage(
        "Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "There is nothing to wait for: it has ended.")]
    private bool IsGood(Task<PassthroughToken> flight) =>
        !flight.IsCompleted || (flight.IsCompletedSuccessfully && flight.Result.ExpiresOn - _clock.GetUtcNow() > KeptUntilLeft);

    private async Task<PassthroughToken> FetchAsync(string resource, CancellationToken ending)
    {
        var file = _options.Path ?? ProgramOnPath.Find(_command.Name, _machine) ?? throw new PassthroughException(
            $"Pass-through: {_command.Name} is not installed, or not in a directory of PATH. Get it from {_command.WhereToGet}, "
            + $"then log in: {_command.Login}");

        using var timeout = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ending);
        try
        {
            var variables = Array.ConvertAll(Hidden, name => KeyValuePair.Create(name, (string?)null)).Concat(_options.Variables);
            var run = await CommandRun
                .RunAsync(file, _command.ArgumentsFor(resource, _options.Tenant), variables, either.Token)
                .ConfigureAwait(false);
            if (run.ExitCode != 0)
                throw _command.Explain(run);

            var token = _command.Read(run.Output, _clock.GetUtcNow(), _clock.LocalTimeZone);
            return token.ExpiresOn > _clock.GetUtcNow() ? token : throw new PassthroughException(
                $"Pass-through: {_command.Name} handed out a token that has expired. Check this machine's clock, or log in anew: {_command.Login}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new PassthroughException(
                $"Pass-through: {_command.Name} took longer than {_options.Timeout.TotalSeconds:0} s and was ended. Try by hand whether it "
                + $"waits for something: {_command.Login}",
                mayPass: true);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new PassthroughException($"Pass-through: {file} could not be run: {e.Message}. Check what is installed there.");
        }
    }
}
