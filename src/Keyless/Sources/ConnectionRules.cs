namespace Keyless.Sources;

/// <summary>What an endpoint's address must satisfy.</summary>
/// <param name="PlainHttpHosts">Hosts that may be spoken to over plain http, besides loopback and link-local ones.</param>
/// <param name="RequireHttps">Whether plain http is refused altogether.</param>
internal sealed record ConnectionRules(IReadOnlyList<string> PlainHttpHosts, bool RequireHttps = false);
