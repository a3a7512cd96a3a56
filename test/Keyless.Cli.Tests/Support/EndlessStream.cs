using System.Text;

namespace Keyless.Cli.Tests.Support;

/// <summary>A keyboard: gives what was typed, then waits for more, and does not give up when it is asked to.</summary>
internal sealed class EndlessStream(string typed) : MemoryStream(Encoding.UTF8.GetBytes(typed))
{
    private readonly TaskCompletionSource<int> _more = new();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Position < Length ? base.ReadAsync(buffer, CancellationToken.None) : new ValueTask<int>(_more.Task);
}
