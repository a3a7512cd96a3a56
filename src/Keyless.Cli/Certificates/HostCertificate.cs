using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Keyless.Cli.Administration;

namespace Keyless.Cli.Certificates;

/// <summary>The public certificate of an emulated host that speaks TLS.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Subject">Whom it names.</param>
/// <param name="Thumbprint">Its SHA-1, by which Service Fabric's clients know it.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="NotAfter">When it ends.</param>
/// <param name="Kept">Whether it is the same at the emulator's next start.</param>
/// <param name="Pem">It as text.</param>
internal sealed record HostCertificate(
    string Host, string Subject, string Thumbprint, string Sha256, DateTimeOffset NotAfter, bool Kept, string Pem)
{
    /// <summary>What keeps certificates from one start to the next.</summary>
    public const string HowToKeep =
        "Each start of the emulator makes a new certificate. With \"keyDirectory\" in its configuration it keeps it.";

    /// <summary>The certificates of a running emulator.</summary>
    /// <param name="client">Asks the emulator.</param>
    /// <param name="host">The host that is meant. Null: all that speak TLS.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ToolException">There is no such host, or none speaks TLS.</exception>
    public static async Task<IReadOnlyList<HostCertificate>> ReadAsync(
        AdminClient client, string? host, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync("certificates", cancellationToken);
        var all = answer.GetProperty("certificates").EnumerateArray().Select(Of).ToArray();
        if (all.Length == 0)
        {
            throw new ToolException(
                "None of the emulator's hosts speaks TLS; hosts of the kind service-fabric do. Describe one, or leave out "
                + "--source.", ExitCodes.Refused);
        }

        var found = Array.FindAll(all, each => host is null || each.Host.Equals(host, StringComparison.OrdinalIgnoreCase));
        return found.Length > 0 ? found : throw new ToolException(
            $"No host '{host}' speaks TLS. Those that do: {string.Join(", ", all.Select(each => each.Host))}.", ExitCodes.Refused);
    }

    public X509Certificate2 ToCertificate() => X509Certificate2.CreateFromPem(Pem);

    private static HostCertificate Of(JsonElement json) => new(
        json.GetProperty("host").GetString()!,
        json.GetProperty("subject").GetString()!,
        json.GetProperty("thumbprint").GetString()!,
        json.GetProperty("sha256").GetString()!,
        json.GetProperty("notAfter").GetDateTimeOffset(),
        json.GetProperty("kept").GetBoolean(),
        json.GetProperty("pem").GetString()!);
}

/// <summary>Certificates, for programs. No file: they are here alone.</summary>
internal sealed record CertificatesJson(string? File, IReadOnlyList<HostCertificate> Certificates);

/// <summary>What has changed in the store of trusted certificates.</summary>
internal sealed record TrustJson(
    string Store, IReadOnlyList<string> Added, IReadOnlyList<string> AlreadyTrusted, IReadOnlyList<string> Removed);
