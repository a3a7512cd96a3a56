using System.Runtime.ExceptionServices;

namespace Keyless.Testing;

/// <summary>How an operation went whose pauses a <see cref="FakeClock"/> was driven through.</summary>
/// <typeparam name="T">What the operation returns.</typeparam>
public sealed class ClockRun<T>
{
    private readonly T? _result;

    internal ClockRun(T? result, Exception? error, IReadOnlyList<TimeSpan> pauses, TimeSpan elapsed)
    {
        (_result, Error) = (result, error);
        (Pauses, Elapsed) = (pauses, elapsed);
    }

    /// <summary>What the operation returned. Throws what the operation threw.</summary>
    public T Result
    {
        get
        {
            if (Error is not null)
                ExceptionDispatchInfo.Throw(Error);
            return _result!;
        }
    }

    /// <summary>What the operation threw, or null.</summary>
    public Exception? Error { get; }

    /// <summary>The pauses that were gone through, in order, each as long as the operation asked for.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; }

    /// <summary>How far the clock moved.</summary>
    public TimeSpan Elapsed { get; }
}
