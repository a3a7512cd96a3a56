namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Ports that the configuration gives to an emulator, but that another program has.</summary>
internal sealed class TakenPorts : ICheck
{
    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.Configuration is not { } options)
            yield break;

        var own = machine.Emulators
            .SelectMany(emulator =>
                emulator.Hosts.Select(host => host.Endpoint).Append(emulator.Admin).Append(emulator.Authority ?? emulator.Admin))
            .Select(address => address.Port)
            .ToHashSet();
        var wanted = options.Hosts
            .Select(host => (What: $"the host {host.Name}", host.Port))
            .Append(("the token issuer", options.AuthorityPort));
        foreach (var (what, port) in wanted)
        {
            if (port != 0 && !own.Contains(port) && machine.IsTaken(options.Address, port))
            {
                yield return Finding.Error(
                    "taken-port",
                    $"The configuration gives port {port} of {options.Address} to {what}, but it cannot be opened: another program has "
                    + "it, or this user may not.",
                    "Stop that program, or choose another port, above 1023.");
            }
        }
    }
}
