using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Keyless.Emulator.Endpoints;

/// <summary>A secret that a platform gives to its processes, and that they send back in a header.</summary>
internal sealed class SecretHeader
{
    private readonly string _secret;

    private SecretHeader(string name, string secret)
    {
        Name = name;
        _secret = secret;
    }

    /// <summary>The header's name.</summary>
    public string Name { get; }

    /// <summary>Expects a secret in a header; makes one up where none is given.</summary>
    public static SecretHeader Create(string name, string? secret) =>
        new(name, secret ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    /// <summary>The same secret, expected in another header.</summary>
    public SecretHeader In(string name) => new(name, _secret);

    /// <summary>The secret, for the host's variables alone.</summary>
    public string Reveal() => _secret;

    public bool IsMissingFrom(IHeaderDictionary headers) => string.IsNullOrEmpty(headers[Name]);

    // Hashes are of one length, without which the comparison would not take constant time.
    public bool Matches(IHeaderDictionary headers) =>
        CryptographicOperations.FixedTimeEquals(Hash(headers[Name].ToString()), Hash(_secret));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
