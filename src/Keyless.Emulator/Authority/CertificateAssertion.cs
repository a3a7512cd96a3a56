using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Authority;

/// <summary>An application that proves itself by a token that it has signed with a registered certificate.</summary>
/// <remarks>The same one may come twice, as it does when a client repeats a request; Entra takes it as well.</remarks>
internal static class CertificateAssertion
{
    /// <summary>What is wrong with an assertion. Null: nothing.</summary>
    /// <param name="application">The application that it must be of.</param>
    /// <param name="assertion">The assertion.</param>
    /// <param name="audiences">What its <c>aud</c> may be.</param>
    /// <param name="now">The time that tokens go by.</param>
    public static EntraError? FindFault(
        ApplicationEntry application, ParsedToken assertion, IReadOnlyCollection<string> audiences, DateTimeOffset now)
    {
        if (assertion.Algorithm is not ("RS256" or "PS256"))
            return EntraErrors.UnsupportedAlgorithm(assertion.Algorithm);

        var clientId = application.ClientId.ToString();
        if (!IsSame(assertion.Text("iss"), clientId) || !IsSame(assertion.Text("sub"), clientId))
            return EntraErrors.AssertionOfAnother(application.ClientId);
        if (!assertion.Texts("aud").Any(audience => audiences.Any(known => IsSame(audience.TrimEnd('/'), known.TrimEnd('/')))))
            return EntraErrors.AssertionForAnother(string.Join(", ", assertion.Texts("aud")));

        return FindSignatureFault(application, assertion, now) ?? AssertionTime.FindFault(assertion, now);
    }

    private static EntraError? FindSignatureFault(ApplicationEntry application, ParsedToken assertion, DateTimeOffset now)
    {
        foreach (var pem in application.Options.Certificates)
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            if (!IsNamed(certificate, assertion))
                continue;
            if (now < new DateTimeOffset(certificate.NotBefore) || now > new DateTimeOffset(certificate.NotAfter))
                return EntraErrors.CertificateOutOfTime(certificate.Thumbprint);

            using var key = certificate.GetRSAPublicKey();
            var padding = assertion.Algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
            return key?.VerifyData(assertion.Signed, assertion.Signature, HashAlgorithmName.SHA256, padding) == true
                ? null
                : EntraErrors.BadAssertionSignature($"It was not made with the key of the certificate {certificate.Thumbprint}.");
        }

        return EntraErrors.BadAssertionSignature(string.Create(
            CultureInfo.InvariantCulture,
            $"The key was not found: x5t, x5t#S256 or kid must name one of its {application.Options.Certificates.Count} certificates."));
    }

    private static bool IsNamed(X509Certificate2 certificate, ParsedToken assertion)
    {
        var sha1 = WebEncoders.Base64UrlEncode(certificate.GetCertHash(HashAlgorithmName.SHA1));
        var sha256 = WebEncoders.Base64UrlEncode(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return ParsedToken.TextOf(assertion.Header, "x5t#S256") is { } strong ? strong == sha256
            : ParsedToken.TextOf(assertion.Header, "x5t") is { } weak ? weak == sha1
            : assertion.KeyId is { } id && (id == sha1 || IsSame(id, certificate.Thumbprint));
    }

    private static bool IsSame(string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}
