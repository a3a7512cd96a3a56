using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Keyless.Benchmarks;

/// <summary>Answers as the platforms give them: a token of 1.6 KB, a JWT by its looks, that differs from answer to answer.</summary>
internal static class Answers
{
    public const string ClientId = "7b1f0c9e-52a4-4d7a-9a53-0f6a2f6c1d11";
    public const int TokenCharacters = 1600;

    private const int NumberDigits = 10;
    private const string Payload =
        """
        {"aud":"https://vault.azure.net","iss":"https://sts.windows.net/5f7a8f3e-0d4b-4a5e-9b56-2f1a3c4d5e6f/","iat":1763720000,
        "nbf":1763720000,"exp":1763806700,"aio":"k2BgYFh5S2vH1lM7zj7Yl9fX2Z3s5u1wEA","appid":"7b1f0c9e-52a4-4d7a-9a53-0f6a2f6c1d11",
        "appidacr":"2","idp":"https://sts.windows.net/5f7a8f3e-0d4b-4a5e-9b56-2f1a3c4d5e6f/","idtyp":"app",
        "oid":"c0ffee00-1111-4222-8333-444455556666","rh":"1.AXkAPo96X0sNXkqbVi8aPE1ebzmzqM-ighpHo8kPwL56QJN5AAA.",
        "sub":"c0ffee00-1111-4222-8333-444455556666","tid":"5f7a8f3e-0d4b-4a5e-9b56-2f1a3c4d5e6f","uti":"aBcDeFgHiJkLmNoPqRsTuV","ver":"1.0",
        "xms_mirid":"/subscriptions/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/resourcegroups/group/providers/Microsoft.Compute/virtualMachines/machine"}
        """;

    private static readonly string Front = BuildFront();

    /// <summary>The token of this number; of one length whatever the number.</summary>
    public static string Token(long number) => Front + number.ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>A success body with the token of this number, good for a day.</summary>
    /// <param name="number">The token's number.</param>
    /// <param name="refreshIn">After how many seconds it is to be renewed; null to leave that to the client.</param>
    public static byte[] Body(long number, int? refreshIn = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var refresh = refreshIn is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\"refresh_in\":\"{refreshIn}\",");
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"access_token":"{{Token(number)}}","client_id":"{{ClientId}}","expires_in":"86400","expires_on":"{{now + 86_400}}",
            {{refresh}}"ext_expires_in":"86400","not_before":"{{now}}","resource":"https://vault.azure.net","token_type":"Bearer"}
            """));
    }

    /// <summary>Where in a body the number of its token is, so that one body can be used again and again.</summary>
    public static Range NumberIn(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf(Encoding.ASCII.GetBytes(Front)) + Front.Length;
        return start..(start + NumberDigits);
    }

    private static string BuildFront()
    {
        var header = Base64Url.EncodeToString(
            """{"typ":"JWT","alg":"RS256","x5t":"aB3dE6gH9jK2mN5pQ8sT1vW4yZ7","kid":"aB3dE6gH9jK2mN5pQ8sT1vW4yZ7"}"""u8);
        var payload = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Payload));
        var signed = $"{header}.{payload}.";

        // A real signature has 342 characters; what is lacking in claims is made up for here.
        return signed.PadRight(TokenCharacters - NumberDigits, 'S');
    }
}
