using System.Diagnostics.CodeAnalysis;

namespace Keyless.AotSmoke.Support;

/// <summary>A line for each feature, and a verdict.</summary>
internal sealed class Report(TextWriter output)
{
    private int _passed;
    private int _failed;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever goes wrong is a failure of the feature.")]
    public async Task CheckAsync(string feature, Func<Task> check)
    {
        try
        {
            await check();
            _passed++;
            await output.WriteLineAsync($"ok    {feature}");
        }
        catch (Exception exception)
        {
            _failed++;
            await output.WriteLineAsync($"FAIL  {feature}: {exception}");
        }
    }

    public int End()
    {
        output.WriteLine($"{_passed} features work, {_failed} do not.");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }
}

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
