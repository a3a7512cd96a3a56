using System.Security.Cryptography;
using System.Text;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Authority;

/// <summary>An application that proves itself by a secret.</summary>
internal static class ClientSecret
{
    /// <summary>What is wrong with a secret. Null: it is one of the application's.</summary>
    public static EntraError? FindFault(ApplicationEntry application, string secret)
    {
        // Every one is looked at, so that the time says nothing of which was nearly right.
        var hash = Hash(secret);
        var isRight = false;
        foreach (var known in application.Options.Secrets)
            isRight |= CryptographicOperations.FixedTimeEquals(Hash(known), hash);
        return isRight ? null : EntraErrors.WrongSecret(application.ClientId);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
