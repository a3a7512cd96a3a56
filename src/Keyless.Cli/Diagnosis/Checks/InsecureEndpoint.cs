namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A token that would travel over a network in clear.</summary>
internal sealed class InsecureEndpoint : ICheck
{
    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.Endpoint is { Address: { } address, Variable: { } name, IsLocal: false } endpoint
            && address.Scheme == Uri.UriSchemeHttp)
        {
            yield return Finding.Error(
                "insecure-endpoint",
                $"{name} is {endpoint.Shown}: plain http to {address.Host}, which is neither loopback nor link-local. Keyless refuses it.",
                $"Point {name} at this machine, or use https. If the network is yours alone, list the host in PlainHttpHosts or by "
                + "--allow-http.");
        }
    }
}
