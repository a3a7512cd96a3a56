using Keyless.Cli.Output;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A clock that differs so much that tokens are taken for expired, or for not valid yet.</summary>
internal sealed class ClockDifference : ICheck
{
    // What validators commonly tolerate.
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Worrying = TimeSpan.FromMinutes(1);

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.Look?.Date is { } date && (machine.Now - date) is var ahead && ahead.Duration() > Worrying)
        {
            var severity = ahead.Duration() > Tolerated ? Severity.Error : Severity.Warning;
            yield return new Finding(
                "clock-difference",
                severity,
                $"This machine's clock is {TimeText.RoundLength(ahead)} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} that of the "
                + "endpoint. "
                + "Tokens may be taken for expired, or for not valid yet.",
                "Let the machine's clock be set by the network (timedatectl set-ntp true; on Windows w32tm /resync).");
        }

        foreach (var emulator in machine.Emulators)
        {
            var offset = emulator.ClockOffset;
            if (offset.Duration() > Worrying)
            {
                yield return Finding.Warning(
                    "clock-difference",
                    $"The clock of the emulator at {emulator.Admin} is {TimeText.RoundLength(offset)} "
                    + $"{(offset > TimeSpan.Zero ? "ahead of" : "behind")} this machine's. "
                    + (emulator.TokensTellRealTime
                        ? "Its tokens tell the real time; what it keeps, limits and delays goes by its own."
                        : "Its tokens may be taken for expired, or for not valid yet."),
                    "If that is not meant, set it right: keyless clock resume, and keyless clock set with the present time; or start it "
                    + "anew.");
            }

            if (emulator.Skew != "0s")
            {
                yield return Finding.Warning(
                    "clock-difference",
                    $"The emulator at {emulator.Admin} tells others a time that is {emulator.Skew} off.",
                    "If that is not meant: keyless clock skew 0s");
            }
        }
    }
}
