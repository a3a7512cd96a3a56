using System.Diagnostics;

namespace Keyless.StartUp;

/// <summary>How long it takes from the start of <c>keyless emulate</c> until somebody has an answer.</summary>
internal static class EmulatorStart
{
    private const int WarmUps = 3;

    /// <summary>Measures an answer that needs no key, and the first token.</summary>
    /// <returns>Both, of each round.</returns>
    public static async Task<(List<double> Answer, List<double> Token)> MeasureAsync(
        int rounds, string tool, string directory, params string[] arguments)
    {
        var answers = new List<double>();
        var tokens = new List<double>();
        for (var round = -WarmUps; round < rounds; round++)
        {
            var answer = await MeasureAsync(tool, directory, arguments, static emulator => emulator.AskInVainAsync());
            var token = await MeasureAsync(tool, directory, arguments, static emulator => emulator.AskAsync());
            if (round < 0)
                continue;
            answers.Add(answer);
            tokens.Add(token);
        }

        return (answers, tokens);
    }

    private static async Task<double> MeasureAsync(string tool, string directory, string[] arguments, Func<RunningEmulator, Task> ask)
    {
        var started = Stopwatch.GetTimestamp();
        await using var emulator = await RunningEmulator.StartAsync(tool, directory, arguments);
        await ask(emulator);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
