namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>Service Fabric: whether the endpoint shows the certificate that a variable names.</summary>
internal sealed class CertificateMismatch : ICheck
{
    private const string Variable = "IDENTITY_SERVER_THUMBPRINT";
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.Source != SourceKind.ServiceFabric)
            yield break;

        var digits = string.Concat(machine.Environment.GetVariable(Variable)!.Where(c => c is not (':' or ' ')));
        if (digits.Length is not (Sha1Digits or Sha256Digits) || !digits.All(char.IsAsciiHexDigit))
        {
            yield return Finding.Error(
                "malformed-thumbprint",
                $"{Variable} is no thumbprint of {Sha1Digits} or {Sha256Digits} hexadecimal digits: it has {digits.Length} characters.",
                $"Take {Variable} as the cluster sets it, or unset it where this is not Service Fabric.");
        }
        else if (machine.Endpoint.Address is { } address && address.Scheme != Uri.UriSchemeHttps)
        {
            yield return Finding.Error(
                "certificate-mismatch",
                $"IDENTITY_ENDPOINT is {machine.Endpoint.Shown}, which shows no certificate, but {Variable} names one. Clients refuse "
                + "that.",
                "Set IDENTITY_ENDPOINT to an https address, as the cluster does.");
        }
        else if (machine.Look is { Problem: null } look && !look.Thumbprints.Contains(digits, StringComparer.OrdinalIgnoreCase))
        {
            yield return Finding.Error(
                "certificate-mismatch",
                $"The endpoint shows the certificate {(look.Thumbprints.Count > 0 ? look.Thumbprints[0] : "(none)")}, but {Variable} "
                + $"names {digits}. Clients refuse it.",
                "If the endpoint is an emulator's, take its variables anew by 'keyless env'; a new start makes a new certificate, unless "
                + "\"keyDirectory\" keeps it. On a cluster restart the service.");
        }
    }
}
