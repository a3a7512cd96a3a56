using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tokens;

/// <summary>The RSA key that an emulator signs its tokens with. Its private half never leaves this class.</summary>
internal sealed class SigningKey : IDisposable
{
    /// <summary>Begins the id of every key, so that an emulated token is known at a glance.</summary>
    public const string IdPrefix = "keyless-emulator-";

    private readonly RSA _rsa;
    private readonly byte[] _certificate;
    private readonly object _gate = new();

    private SigningKey(RSA rsa)
    {
        _rsa = rsa;
        var request = new CertificateRequest("CN=Keyless emulator signing key", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(CertificateValidity.From, CertificateValidity.To);
        _certificate = certificate.RawData;
        Thumbprint = WebEncoders.Base64UrlEncode(certificate.GetCertHash(HashAlgorithmName.SHA1));
    }

    public string Id => IdPrefix + Thumbprint;

    /// <summary>The <c>x5t</c> of the key's certificate.</summary>
    public string Thumbprint { get; }

    public static SigningKey Create() => new(RSA.Create(2048));

    /// <summary>The RS256 signature of some bytes.</summary>
    public byte[] Sign(byte[] data)
    {
        // RSA objects do not promise to be safe for use by several threads.
        lock (_gate)
            return _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Writes the public half as a JSON Web Key.</summary>
    public void WritePublicKey(Utf8JsonWriter json)
    {
        var key = _rsa.ExportParameters(includePrivateParameters: false);
        json.WriteStartObject();
        json.WriteString("kty", "RSA");
        json.WriteString("use", "sig");
        json.WriteString("alg", "RS256");
        json.WriteString("kid", Id);
        json.WriteString("x5t", Thumbprint);
        json.WriteString("n", WebEncoders.Base64UrlEncode(key.Modulus!));
        json.WriteString("e", WebEncoders.Base64UrlEncode(key.Exponent!));
        json.WriteStartArray("x5c");
        json.WriteBase64StringValue(_certificate);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Dispose() => _rsa.Dispose();
}
