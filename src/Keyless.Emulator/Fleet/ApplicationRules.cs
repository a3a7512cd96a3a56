using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Emulator.Fleet;

/// <summary>What must hold of the credentials of an application.</summary>
internal static class ApplicationRules
{
    /// <exception cref="EmulatorException">A credential cannot be used; the message names it and repeats nothing of it.</exception>
    public static void Check(ApplicationDescription application)
    {
        var option = $"{nameof(EmulatorOptions.Applications)}[{application.Name}]";
        EmulatorOptions.Require(
            application.Secrets.All(secret => !string.IsNullOrEmpty(secret)),
            $"{option}.{nameof(application.Secrets)}",
            "holds an empty secret. Leave it out.");
        for (var index = 0; index < application.Certificates.Count; index++)
        {
            EmulatorOptions.Require(
                IsRsaCertificate(application.Certificates[index]),
                $"{option}.{nameof(application.Certificates)}[{index}]",
                "is not the PEM text of an RSA certificate. It begins with -----BEGIN CERTIFICATE-----.");
        }

        foreach (var credential in application.FederatedCredentials)
        {
            EmulatorOptions.Require(
                credential.Identity is null != (credential.Subject is null) && (credential.Identity is null || credential.Issuer is null),
                $"{option}.{nameof(application.FederatedCredentials)}[{credential.Name}]",
                $"must have either {nameof(credential.Identity)}, or {nameof(credential.Subject)} and perhaps {nameof(credential.Issuer)}.");
        }
    }

    private static bool IsRsaCertificate(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            using var key = certificate.GetRSAPublicKey();
            return key is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
