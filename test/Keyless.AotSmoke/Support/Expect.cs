namespace Keyless.AotSmoke.Support;

/// <summary>What a feature is expected to do.</summary>
internal static class Expect
{
    public static void Same<T>(T wanted, T found, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(wanted, found))
            throw new InvalidOperationException($"{what} is {found}, not {wanted}.");
    }

    public static void That(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"It does not hold that {what}.");
    }
}
