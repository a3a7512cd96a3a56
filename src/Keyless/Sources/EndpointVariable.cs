using System.Net;

namespace Keyless.Sources;

/// <summary>Reads an endpoint that the platform passes in a variable. Errors name the variable and its value.</summary>
internal static class EndpointVariable
{
    private const int ShownCharacters = 200;

    public static Uri Read(MachineEnvironment environment, string name, SourceKind source, ConnectionRules rules)
    {
        var value = environment.GetVariable(name);
        if (string.IsNullOrWhiteSpace(value))
            throw Invalid(FailureKind.InvalidEndpoint, name, value, source, "is blank");
        if (!Uri.TryCreate(value.Trim(), UriKind.Absolute, out var uri) || !value.Contains("://", StringComparison.Ordinal))
            throw Invalid(FailureKind.InvalidEndpoint, name, value, source, "is not an absolute URL");
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            throw Invalid(FailureKind.InvalidEndpoint, name, value, source, $"has the scheme '{uri.Scheme}' instead of http or https");
        if (uri.UserInfo.Length > 0)
            throw Invalid(FailureKind.InvalidEndpoint, name, value, source, "has a user name in it, which no managed identity endpoint uses");
        if (rules.RequireHttps && uri.Scheme != Uri.UriSchemeHttps)
            throw Invalid(FailureKind.InvalidEndpoint, name, value, source, $"is not an https address, which {source.DisplayName()} requires");
        if (uri.Scheme == Uri.UriSchemeHttp && !IsLocal(uri) && !rules.PlainHttpHosts.Contains(uri.Host, StringComparer.OrdinalIgnoreCase))
            throw Invalid(FailureKind.InsecureEndpoint, name, value, source, $"is a plain-http address of '{uri.Host}', which is neither loopback nor link-local");
        return uri;
    }

    /// <summary>Whether plain http to this host can't leave the machine or its link.</summary>
    public static bool IsLocal(Uri uri)
    {
        if (!IPAddress.TryParse(uri.DnsSafeHost, out var address))
            return uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || (address.GetAddressBytes() is [169, 254, _, _]);
    }

    private static ManagedIdentityException Invalid(FailureKind kind, string name, string? value, SourceKind source, string what) =>
        new(new TokenFailure(kind, $"{name} {what}: '{Shown(value)}'.")
        {
            Source = source,
            NextStep = kind == FailureKind.InsecureEndpoint
                ? $"Point {name} at a loopback or link-local address or at an https one, or list the host in {nameof(ManagedIdentityOptions)}.{nameof(ManagedIdentityOptions.PlainHttpHosts)} if its network is yours alone."
                : $"Set {name} to the address that the platform gives, such as {Example(name, source)}, or unset it where this is not {source.DisplayName()}.",
        });

    private static string Example(string name, SourceKind source) => (name, source) switch
    {
        (Variables.PodIdentityAuthorityHost, _) => "http://127.0.0.1:8080",
        (_, SourceKind.ServiceFabric) => "https://localhost:2377/metadata/identity/oauth2/token",
        (_, SourceKind.AzureArc) => "http://localhost:40342/metadata/identity/oauth2/token",
        (_, SourceKind.CloudShell) => "http://localhost:50342/oauth2/token",
        _ => "http://127.0.0.1:41234/msi/token",
    };

    // User names and what follows the path may be secrets that someone put in the wrong place.
    private static string Shown(string? value)
    {
        if (value is null)
            return "";
        var text = value;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0 && text.IndexOf('@', scheme) is >= 0 and var at)
            text = string.Concat(text.AsSpan(0, scheme + 3), "***", text.AsSpan(at));
        if (text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
            text = string.Concat(text.AsSpan(0, query), "?…");
        if (text.Length > ShownCharacters)
            text = string.Concat(text.AsSpan(0, ShownCharacters), "…");
        return string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c));
    }
}
