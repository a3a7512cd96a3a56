using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyless.Emulator.Endpoints;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Faults;

/// <summary>A key set that validators cannot work with.</summary>
internal sealed record KeysFault(KeysFlaw Flaw) : RewriteFault
{
    public const string Name = "keys";

    private const int ModulusLength = 256;

    public override string Kind => Name;

    public static KeysFault Read(FaultReader json) => new(json.OneOf<KeysFlaw>("flaw"));

    internal override bool Suits(Leg leg) => leg == Leg.Keys;

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("flaw", KebabCase.Of(Flaw));

    private protected override EndpointAnswer Rewrite(EndpointAnswer answer, FaultContext context) => JsonBody.Change(answer, body =>
    {
        if (body["keys"] is not JsonArray keys)
            return;

        switch (Flaw)
        {
            case KeysFlaw.Empty:
                keys.Clear();
                break;
            case KeysFlaw.OtherKeys:
                foreach (var key in keys.OfType<JsonObject>())
                {
                    Replace(key);
                    key["kid"] = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(20));
                }

                break;
            default:
                foreach (var key in keys.OfType<JsonObject>().Select(key => key.DeepClone().AsObject()).ToArray())
                {
                    Replace(key);
                    keys.Insert(0, key);
                }

                break;
        }
    });

    // A modulus of nobody's: to find one that fails, none need be a product of primes.
    private static void Replace(JsonObject key)
    {
        var modulus = RandomNumberGenerator.GetBytes(ModulusLength);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        key["n"] = WebEncoders.Base64UrlEncode(modulus);
        key.Remove("x5c");
        key.Remove("x5t");
    }
}

/// <summary>What is wrong with a set of public keys.</summary>
public enum KeysFlaw
{
    /// <summary>It has none.</summary>
    Empty,

    /// <summary>It has other keys, and none that a token is signed with, as a stale copy has.</summary>
    OtherKeys,

    /// <summary>Two keys have one id, and the first is not the one that tokens are signed with.</summary>
    DuplicateKeyId,
}
