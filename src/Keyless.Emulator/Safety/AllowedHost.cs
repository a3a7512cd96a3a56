using System.Diagnostics.CodeAnalysis;

namespace Keyless.Emulator.Safety;

/// <summary>A name by which others know an address of the emulator.</summary>
/// <param name="Name">The name, or an IP address.</param>
/// <param name="Port">The port that must stand with it. Null: the listener's own.</param>
internal sealed record AllowedHost(string Name, int? Port)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out AllowedHost? host)
    {
        host = null;
        if (string.IsNullOrEmpty(text) || !Uri.TryCreate($"http://{text}/", UriKind.Absolute, out var uri))
            return false;

        // Whatever is more than a name and a port ends up in another part of the address.
        if (uri.UserInfo.Length > 0 || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.Port == 0)
            return false;

        var digits = text.LastIndexOf(':');
        var namesPort = digits > text.LastIndexOf(']') && digits >= 0;
        host = new AllowedHost(uri.Host, namesPort ? uri.Port : null);
        return true;
    }

    public bool Means(Uri named, int ownPort) =>
        string.Equals(named.Host, Name, StringComparison.OrdinalIgnoreCase) && named.Port == (Port ?? ownPort);
}
