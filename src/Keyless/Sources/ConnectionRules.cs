namespace Keyless.Sources;

/// <summary>What an endpoint's address must satisfy.</summary>
/// <param name="plainHttpHosts">Hosts that may be spoken to over plain http, besides loopback and link-local ones.</param>
/// <param name="requireHttps">Whether plain http is refused altogether.</param>
internal sealed class ConnectionRules(IReadOnlyList<string> plainHttpHosts, bool requireHttps = false)
{
    public IReadOnlyList<string> PlainHttpHosts { get; } = plainHttpHosts;

    public bool RequireHttps { get; } = requireHttps;
}
