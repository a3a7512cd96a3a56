namespace Keyless.Emulator.Tokens;

/// <summary>Makes the signing key when it is first wanted: that takes a good part of a second, which a start should not.</summary>
internal sealed class SigningKeyHolder : IAsyncDisposable
{
    private readonly object _gate = new();
    private Task<SigningKey>? _key;

    public Task<SigningKey> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            _key ??= Task.Run(SigningKey.Create, CancellationToken.None);
        return _key.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Task<SigningKey>? key;
        lock (_gate)
            key = _key;
        if (key is not null)
            (await key.ConfigureAwait(false)).Dispose();
    }
}
