using System.Net;

namespace Keyless.Sources;

/// <summary>Reads an endpoint that the platform passes in a variable. Errors name the variable and its value.</summary>
internal static class EndpointVariable
{
    private const int ShownCharacters = 200;

    public static Uri Read(MachineEnvironment environment, string name, SourceKind source, ConnectionRules rules)
    {
        var value = environment.GetVariable(name) ?? "";
        if (string.IsNullOrWhiteSpace(value))
            throw Invalid(FailureKind.InvalidEndpoint, "is blank");
        if (!Uri.TryCreate(value.Trim(), UriKind.Absolute, out var uri) || !value.Contains("://", StringComparison.Ordinal))
            throw Invalid(FailureKind.InvalidEndpoint, "is not an absolute URL");
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            throw Invalid(FailureKind.InvalidEndpoint, $"has the scheme '{uri.Scheme}' instead of http or https");
        if (uri.UserInfo.Length > 0)
            throw Invalid(FailureKind.InvalidEndpoint, "has a user name in it, which no managed identity endpoint uses");
        if (rules.RequireHttps && uri.Scheme != Uri.UriSchemeHttps)
            throw Invalid(FailureKind.InvalidEndpoint, $"is not an https address, which {source.DisplayName()} requires");
        if (uri.Scheme == Uri.UriSchemeHttp && !IsLocal(uri) && !rules.PlainHttpHosts.Any(host => Names(host, uri)))
            throw Invalid(FailureKind.InsecureEndpoint, $"is a plain-http address of '{uri.Host}', which is neither loopback nor link-local");
        return uri;

        ManagedIdentityException Invalid(FailureKind kind, string what) => Describe(kind, name, Shown(value, environment), source, what);
    }

    /// <summary>Whether plain http to this host can't leave the machine or its link. Of names only <c>localhost</c> itself: for others a resolver may ask the network.</summary>
    public static bool IsLocal(Uri uri)
    {
        if (!IPAddress.TryParse(uri.DnsSafeHost, out var address))
            return uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || (address.GetAddressBytes() is [169, 254, _, _]);
    }

    // Both are brought into the form that URLs have, since addresses and international names have several.
    private static bool Names(string listed, Uri uri) =>
        Uri.TryCreate(listed.Contains(':') && !listed.StartsWith('[') ? $"http://[{listed}]" : $"http://{listed}", UriKind.Absolute, out var host)
        && host.IdnHost.Equals(uri.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static ManagedIdentityException Describe(FailureKind kind, string name, string value, SourceKind source, string what) =>
        new(new TokenFailure(kind, $"{name} {what}: '{value}'.")
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

    // User names, queries and fragments may be secrets that someone put in the wrong place, and so may be the whole value.
    private static string Shown(string value, MachineEnvironment environment)
    {
        var text = StrikeOut(StrikeOut(value, Variables.IdentityHeader), Variables.MsiSecret);
        var start = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        if (text.LastIndexOf('@') is var at && at >= start)
            text = string.Concat(text.AsSpan(0, start), "***", text.AsSpan(at));
        if (text.AsSpan().IndexOfAny('?', '#') is >= 0 and var behind)
            text = string.Concat(text.AsSpan(0, behind + 1), "…");
        if (text.Length > ShownCharacters)
            text = string.Concat(text.AsSpan(0, ShownCharacters), "…");
        return string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c));

        string StrikeOut(string shown, string name) =>
            environment.GetVariable(name) is { } secret && !string.IsNullOrWhiteSpace(secret) ? new Secret(secret).StrikeOut(shown) : shown;
    }
}
