using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Keyless.Emulator.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Keys;

/// <summary>An RSA key that tokens are signed with. Its private half leaves this class only by the export that a user asks for.</summary>
internal sealed class SigningKey : IDisposable
{
    /// <summary>Begins the id of every key, so that an emulated token is known at a glance.</summary>
    public const string IdPrefix = "keyless-emulator-";

    private const int Size = 2048;
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 200_000);

    private readonly RSA _rsa;
    private readonly byte[] _certificate;
    private readonly object _gate = new();

    private SigningKey(RSA rsa)
    {
        _rsa = rsa;
        var hash = SHA256.HashData(rsa.ExportSubjectPublicKeyInfo());
        Fingerprint = Convert.ToHexString(hash).ToLowerInvariant();

        // Nothing in the certificate is random, so that a key has the same certificate, and by it the same id, wherever it is loaded.
        var serial = hash[..16];
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        var request = new CertificateRequest("CN=Keyless emulator signing key", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
            CertificateValidity.From,
            CertificateValidity.To,
            serial);
        _certificate = certificate.RawData;
        Thumbprint = WebEncoders.Base64UrlEncode(certificate.GetCertHash(HashAlgorithmName.SHA1));
        Id = IdPrefix + Thumbprint;
    }

    public string Id { get; }

    /// <summary>The <c>x5t</c> of the key's certificate.</summary>
    public string Thumbprint { get; }

    /// <summary>The SHA-256 of the public key, in lower-case hex.</summary>
    public string Fingerprint { get; }

    public static SigningKey Create() => new(RSA.Create(Size));

    /// <summary>Reads a private key.</summary>
    /// <param name="pem">The key as PEM text.</param>
    /// <param name="passphrase">What it is encrypted with. Null: it is not.</param>
    /// <param name="origin">Where the text is from, for errors; they never repeat any of it.</param>
    /// <exception cref="EmulatorException">It is no RSA key of enough bits, or the passphrase is wrong.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The signing key owns it.")]
    public static SigningKey FromPem(string pem, string? passphrase, string origin)
    {
        var rsa = RSA.Create();
        try
        {
            if (passphrase is null)
                rsa.ImportFromPem(pem);
            else
                rsa.ImportFromEncryptedPem(pem, passphrase);
            if (rsa.KeySize < Size)
                throw new EmulatorException($"{origin} has {rsa.KeySize} bits. Validators ask for at least {Size}.");

            // Fails for a public key.
            rsa.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return new SigningKey(rsa);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
            var remedy = passphrase is null
                ? "Give an RSA private key as PEM text, and its passphrase if it is encrypted."
                : "Check the passphrase, and that the text is an encrypted RSA private key.";
            throw new EmulatorException($"{origin} cannot be read as a private key. {remedy}");
        }
        catch (EmulatorException)
        {
            rsa.Dispose();
            throw;
        }
    }

    /// <summary>The RS256 signature of some bytes.</summary>
    public byte[] Sign(byte[] data)
    {
        // RSA objects do not promise to be safe for use by several threads.
        lock (_gate)
            return _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Whether bytes have a signature by this key.</summary>
    public bool Verify(byte[] data, byte[] signature)
    {
        lock (_gate)
            return _rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public string ExportPublicPem()
    {
        lock (_gate)
            return _rsa.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary>The private key, encrypted if there is a passphrase.</summary>
    public string ExportPrivatePem(string? passphrase)
    {
        lock (_gate)
            return passphrase is null ? _rsa.ExportPkcs8PrivateKeyPem() : _rsa.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Encryption);
    }

    /// <summary>Writes the public half as a JSON Web Key.</summary>
    public void WritePublicKey(Utf8JsonWriter json)
    {
        RSAParameters key;
        lock (_gate)
            key = _rsa.ExportParameters(includePrivateParameters: false);
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

    /// <summary>Names the key by its id alone.</summary>
    public override string ToString() => Id;

    public void Dispose() => _rsa.Dispose();
}
