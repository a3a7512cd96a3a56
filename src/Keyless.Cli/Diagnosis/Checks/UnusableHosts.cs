using Keyless.Cli.Output;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Hosts of a running emulator that can hand out no tokens.</summary>
internal sealed class UnusableHosts : ICheck
{
    public IEnumerable<Finding> Examine(Surroundings machine) => machine.Emulators
        .SelectMany(emulator => emulator.Hosts)
        .Where(host => host.Problem is not null)
        .Select(host => new Finding(
            "unusable-host",

            // Most have no use for it; who is led there has.
            host == machine.EmulatedHost ? Severity.Error : Severity.Note,
            $"The emulator's host {Printable.Of(host.Name)} can hand out no tokens: {Printable.Of(host.Problem!)}",
            "Do what it says and start the emulator anew, or leave the host out."));
}
