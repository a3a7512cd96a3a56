namespace Keyless.Benchmarks.Contenders;

/// <summary>A way to a token, as an application would take it.</summary>
internal abstract class Contender
{
    /// <summary>Makes one by its name.</summary>
    /// <param name="name">One of those below.</param>
    /// <param name="handler">What requests are sent by; null for the library's own transport.</param>
    public static Contender Create(string name, HttpMessageHandler? handler = null) => name switch
    {
        KeylessCore.Name => new KeylessCore(handler),
        KeylessHandle.Name => new KeylessHandle(handler),
        KeylessMsal.Name => new KeylessMsal(handler),
        MsalNet.Name => new MsalNet(handler),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such contender."),
    };

    /// <summary>Gets a token. Complete at once if the library's own call was.</summary>
    public abstract ValueTask<string> AcquireAsync(string resource);

    /// <summary>Takes a cached token this many times, in a loop of the library's own calls.</summary>
    /// <returns>The characters of all, so that none is left out.</returns>
    public abstract long Hit(string resource, int times);

    /// <summary>Brings a cached token into its refresh window, if <c>refresh_in</c> does not.</summary>
    public virtual void MakeStale(string resource)
    {
    }
}
