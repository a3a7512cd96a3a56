using System.Globalization;

namespace Keyless.Emulator.Tests.Fuzzing;

/// <summary>Another seed at each run, unless a variable repeats one.</summary>
internal static class FuzzSeed
{
    private const string Variable = "KEYLESS_FUZZ_SEED";

    public static Random Take(out string note)
    {
        var seed = int.TryParse(MachineEnvironment.Process.GetVariable(Variable), CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.TickCount;
        note = $"Seed {seed}; {Variable}={seed} repeats it.";
        TestContext.Current.TestOutputHelper?.WriteLine(note);
        return new Random(seed);
    }
}
