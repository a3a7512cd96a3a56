using System.Net;
using Keyless.Cli.Detection;

namespace Keyless.Cli.Diagnosis;

/// <summary>Where a machine's tokens are to come from.</summary>
/// <param name="Variable">The variable that says so. Null: none does, and it is where the platform always has it.</param>
/// <param name="Value">What it says.</param>
internal sealed record AnnouncedEndpoint(string? Variable, string Value)
{
    private const string ArcAddress = "http://127.0.0.1:40342/metadata/identity/oauth2/token";
    private const string ImdsAddress = "http://169.254.169.254/metadata/identity/oauth2/token";

    /// <summary>It as an address. Null: it is none that a client would take.</summary>
    public Uri? Address { get; } =
        Value.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(Value.Trim(), UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.UserInfo.Length == 0
                ? uri
                : null;

    /// <summary>Whether only this machine can answer there.</summary>
    public bool IsLoopback => Address is { } address
        && (IPAddress.TryParse(address.DnsSafeHost, out var ip) ? IPAddress.IsLoopback(Plain(ip)) : IsLocalhost(address));

    /// <summary>Whether nobody beyond this machine's link can answer there.</summary>
    public bool IsLocal => IsLoopback
        || (Address is { } address && IPAddress.TryParse(address.DnsSafeHost, out var ip)
            && (ip.IsIPv6LinkLocal || Plain(ip).GetAddressBytes() is [169, 254, _, _]));

    /// <summary>It for people; where it stands in a variable, without what may be a secret.</summary>
    public string Shown => ShownValue.Of(Value);

    public static AnnouncedEndpoint Of(SourceKind source, MachineEnvironment environment)
    {
        string[] names = source switch
        {
            SourceKind.ServiceFabric or SourceKind.AppService => ["IDENTITY_ENDPOINT"],
            SourceKind.MachineLearning or SourceKind.CloudShell => ["MSI_ENDPOINT"],
            SourceKind.AzureArc when environment.IsSet("IMDS_ENDPOINT") => ["IDENTITY_ENDPOINT"],
            SourceKind.Imds => ["AZURE_POD_IDENTITY_AUTHORITY_HOST"],
            _ => [],
        };
        var variable = Array.Find(names, environment.IsSet);
        return new AnnouncedEndpoint(
            variable,
            variable is not null ? environment.GetVariable(variable)! : source == SourceKind.AzureArc ? ArcAddress : ImdsAddress);
    }

    /// <summary>Whether it is at the same address and port as another one.</summary>
    public bool IsAt(Uri? other) => other is not null && Address is { } address && address.Port == other.Port
        && (address.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase)
            || (IsLoopback && new AnnouncedEndpoint(null, other.AbsoluteUri).IsLoopback));

    private static bool IsLocalhost(Uri address) => address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
