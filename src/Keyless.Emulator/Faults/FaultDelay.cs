using System.Globalization;

namespace Keyless.Emulator.Faults;

/// <summary>A time to pass, the same each time or drawn anew by the emulator's seed.</summary>
public sealed record FaultDelay
{
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private FaultDelay()
    {
    }

    /// <summary>The shortest time, or the only one; of a log-normal delay the median.</summary>
    internal TimeSpan First { get; private init; }

    /// <summary>The longest time of a uniform delay. Null: it is none.</summary>
    internal TimeSpan? Last { get; private init; }

    /// <summary>The deviation of a log-normal delay's logarithm. Null: it is none.</summary>
    internal double? Sigma { get; private init; }

    /// <summary>The same time each time.</summary>
    /// <param name="delay">From nothing to a day.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static FaultDelay Of(TimeSpan delay) => new() { First = Check(delay, nameof(delay)) };

    /// <summary>Any time between two, each as likely as the other.</summary>
    /// <param name="shortest">From nothing to a day.</param>
    /// <param name="longest">From <paramref name="shortest"/> to a day.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not.</exception>
    public static FaultDelay Between(TimeSpan shortest, TimeSpan longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, shortest);
        return new() { First = Check(shortest, nameof(shortest)), Last = Check(longest, nameof(longest)) };
    }

    /// <summary>Mostly about the median, now and then far longer, as networks are. Never more than a day.</summary>
    /// <param name="median">Half of the times are shorter. From nothing to a day.</param>
    /// <param name="sigma">The standard deviation of the time's natural logarithm, from 0 to 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range.</exception>
    public static FaultDelay LogNormal(TimeSpan median, double sigma)
    {
        if (!(sigma is >= 0 and <= 5))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "Give a number from 0 to 5.");
        return new() { First = Check(median, nameof(median)), Sigma = sigma };
    }

    /// <summary>Names the time or its distribution.</summary>
    public override string ToString() => this switch
    {
        { Last: { } last } => $"{Duration.Text(First)} to {Duration.Text(last)}",
        { Sigma: { } sigma } => string.Create(CultureInfo.InvariantCulture, $"{Duration.Text(First)}, log-normal {sigma}"),
        _ => Duration.Text(First),
    };

    internal TimeSpan Draw(Random random) => this switch
    {
        { Last: { } last } => First + ((last - First) * random.NextDouble()),
        { Sigma: { } sigma } => TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Exp(sigma * Normal(random)), Longest.TotalSeconds)),
        _ => First,
    };

    // Box and Muller; 1 - x because the logarithm of 0 is none.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static TimeSpan Check(TimeSpan delay, string name) => delay >= TimeSpan.Zero && delay <= Longest
        ? delay
        : throw new ArgumentOutOfRangeException(name, delay, "Give a time from nothing to a day.");
}
