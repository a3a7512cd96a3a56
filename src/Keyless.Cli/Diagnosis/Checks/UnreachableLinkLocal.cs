using System.Globalization;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A container in which the address of IMDS leads nowhere.</summary>
internal sealed class UnreachableLinkLocal : ICheck
{
    // 169.254.169.254, in the order of bytes in which the kernel shows addresses.
    private const uint Address = 0xFEA9FEA9;

    private static readonly string[] Marks = ["/.dockerenv", "/run/.containerenv"];
    private static readonly string[] Variables = ["DOTNET_RUNNING_IN_CONTAINER", "KUBERNETES_SERVICE_HOST"];

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine is not { Source: SourceKind.Imds, Endpoint.Variable: null }
            || !(Marks.Any(machine.Files.Exists) || Variables.Any(machine.IsSet))
            || machine.Files.ReadText("/proc/net/route") is not { } routes
            || routes.Split('\n').Skip(1).Any(Leads))
        {
            yield break;
        }

        yield return Finding.Error(
            "unreachable-link-local",
            "This is a container without a route to 169.254.169.254, where a virtual machine has its endpoint; and no variable announces "
            + "another.",
            "Give the container a network that leads there (Docker: not --network none, nor an internal one), or hand in the variables "
            + "of an "
            + "emulator: docker run --network host $(keyless env --as imds --shell docker) ...");
    }

    // Interface, destination, gateway, flags, three counts, mask.
    private static bool Leads(string line)
    {
        var fields = line.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length >= 8
            && fields[0] != "lo"
            && uint.TryParse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var destination)
            && uint.TryParse(fields[7], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask)
            && (Address & mask) == destination;
    }
}
