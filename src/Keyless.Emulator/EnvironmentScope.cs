namespace Keyless.Emulator;

/// <summary>
/// Makes this process one on an emulated host until it is disposed of: for SDKs that read nothing but environment variables.
/// </summary>
/// <remarks>
/// The variables belong to the whole process, so that one scope at a time has them: others wait in <see cref="EnterAsync"/>. A scope that
/// is entered within another one, in the same flow of calls, takes over until it ends; the outer one ends it if it ends first.
/// Prefer <see cref="EmulatedHost.Environment"/> and <see cref="EmulatedHost.CreateHandler()"/> where they will do, as these make
/// nobody wait.
/// </remarks>
public sealed class EnvironmentScope : IDisposable
{
    private const string ClientId = "AZURE_CLIENT_ID";

    // By these a process finds another endpoint, or another identity before it comes to the host's.
    private static readonly string[] Conflicting =
    [
        "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "IDENTITY_API_VERSION", "IMDS_ENDPOINT", "MSI_ENDPOINT",
        "MSI_SECRET", "DEFAULT_IDENTITY_CLIENT_ID", "AZURE_POD_IDENTITY_AUTHORITY_HOST", "AZURE_POD_IDENTITY_TOKEN_URL",
        "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_USERNAME",
        "AZURE_PASSWORD", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_TOKEN_CREDENTIALS",
    ];

    // The variables are the process's, and so is the queue for them.
    private static readonly SemaphoreSlim ProcessGate = new(1, 1);
    private static readonly AsyncLocal<EnvironmentScope?> Current = new();

    private readonly EnvironmentScope? _outer;
    private readonly SemaphoreSlim _innerGate = new(1, 1);
    private readonly Dictionary<string, string?> _before = new(StringComparer.Ordinal);
    private volatile EnvironmentScope? _inner;
    private volatile bool _isEntered;
    private int _isDisposed;

    private EnvironmentScope(EnvironmentScope? outer) => _outer = outer;

    private bool IsLive => _isEntered && Volatile.Read(ref _isDisposed) == 0;

    private SemaphoreSlim Gate => _outer?._innerGate ?? ProcessGate;

    /// <summary>Sets the variables of a host and removes those that conflict with them, as soon as no other scope has them.</summary>
    /// <param name="host">The host.</param>
    /// <param name="ct">Ends the wait for other scopes.</param>
    public static Task<EnvironmentScope> EnterAsync(EmulatedHost host, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(host);

        // Not async: what an async method writes here its caller never sees.
        var scope = new EnvironmentScope(Current.Value is { IsLive: true } outer ? outer : null);
        Current.Value = scope;
        return scope.TakeOverAsync(host.Variables, [.. host.AssignedIdentities.Select(identity => identity.ClientId)], ct);
    }

    /// <summary>Sets all variables as they were before.</summary>
    public void Dispose()
    {
        if (!_isEntered || Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        _inner?.Dispose();
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        if (ReferenceEquals(Current.Value, this))
            Current.Value = _outer;
        Gate.Release();
    }

    private async Task<EnvironmentScope> TakeOverAsync(
        IReadOnlyDictionary<string, string> variables, Guid[] clientIds, CancellationToken ct)
    {
        await Gate.WaitAsync(ct).ConfigureAwait(false);
        if (_outer is { IsLive: false })
        {
            Gate.Release();
            throw new InvalidOperationException("The scope around this one has ended meanwhile. Dispose of the inner scope first.");
        }

        if (_outer is not null)
            _outer._inner = this;
        foreach (var name in Conflicting)
            Write(name, null);

        // Clients take this one for the identity to ask for, so it may stay if the host has that identity.
        if (!Guid.TryParse(MachineEnvironment.Process.GetVariable(ClientId), out var clientId) || !clientIds.Contains(clientId))
            Write(ClientId, null);
        foreach (var (name, value) in variables)
            Write(name, value);
        _isEntered = true;
        return this;
    }

    private void Write(string name, string? value)
    {
        _before.TryAdd(name, MachineEnvironment.Process.GetVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
