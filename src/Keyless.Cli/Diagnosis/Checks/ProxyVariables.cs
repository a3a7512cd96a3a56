namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Proxies, which Keyless passes by on its way to the endpoint and others may not.</summary>
internal sealed class ProxyVariables : ICheck
{
    private static readonly string[] Variables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        var set = Variables.Where(machine.IsSet).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (set.Length == 0 || machine.Endpoint.Address is not { } address || IsExcepted(machine, address.Host.Trim('[', ']')))
            yield break;

        yield return Finding.Warning(
            "proxy-variables",
            $"{string.Join(", ", set)} {(set.Length == 1 ? "is" : "are")} set. Keyless goes to {address.Host} directly all the same; "
            + "other clients may send "
            + "their requests, and secrets with them, to the proxy, and get no token from there.",
            $"Add {address.Host} to NO_PROXY.");
    }

    private static bool IsExcepted(Surroundings machine, string host)
    {
        var name = machine.IsSet("NO_PROXY") ? "NO_PROXY" : "no_proxy";
        var list = machine.Environment.GetVariable(name) ?? "";
        return list.Split((char[])[',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries).Any(each =>
            each == "*"
            || host.Equals(each.TrimStart('.'), StringComparison.OrdinalIgnoreCase)
            || host.EndsWith($".{each.TrimStart('.')}", StringComparison.OrdinalIgnoreCase));
    }
}
