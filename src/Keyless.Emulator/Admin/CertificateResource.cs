using System.Security.Cryptography;
using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Admin;

/// <summary>The certificates of the virtual hosts that speak TLS. Their private keys stay where they are.</summary>
internal static class CertificateResource
{
    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new(
            "GET",
            "/certificates",
            "listCertificates",
            "Lists the certificates of the virtual hosts that speak TLS: their public part, and whether they outlive the emulator.",
            List),
    ];

    private static EndpointAnswer List(AdminCall call) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("certificates");
        foreach (var host in call.Emulator.Hosts)
            Write(json, host, call.Emulator.KeepsCertificates);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, EmulatedHost host, bool isKept)
    {
        if (host.Certificate is not { } certificate)
            return;

        json.WriteStartObject();
        json.WriteString("host", host.Name);
        json.WriteString("endpoint", host.Endpoint.AbsoluteUri);
        json.WriteString("subject", certificate.Subject);
        json.WriteString("thumbprint", certificate.GetCertHashString(HashAlgorithmName.SHA1));
        json.WriteString("sha256", certificate.GetCertHashString(HashAlgorithmName.SHA256));
        json.WriteString("notBefore", new DateTimeOffset(certificate.NotBefore.ToUniversalTime()));
        json.WriteString("notAfter", new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        json.WriteBoolean("kept", isKept);
        json.WriteString("pem", certificate.ExportCertificatePem());
        json.WriteEndObject();
    }
}
