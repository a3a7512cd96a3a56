using System.Globalization;
using System.Net;
using Keyless.Tests.Pipeline;

namespace Keyless.Tests.EndToEnd;

/// <summary>Answers every request at once, without any network: a token of 1,600 characters, a JWT by its looks, that no other answer holds.</summary>
internal sealed class TokensFromMemory : HttpMessageHandler
{
    public const int TokenCharacters = 1600;

    // As many claims as the platform's tokens have.
    private static readonly string Front = Jwts.Of(
    [
        ("aud", Scene.Resource), ("iss", "https://sts.windows.net/5f7a8f3e-0d4b-4a5e-9b56-2f1a3c4d5e6f/"), ("idtyp", "app"), ("ver", "1.0"),
        ("appid", "7b1f0c9e-52a4-4d7a-9a53-0f6a2f6c1d11"), ("oid", "c0ffee00-1111-4222-8333-444455556666"), ("appidacr", "2"),
        ("tid", "5f7a8f3e-0d4b-4a5e-9b56-2f1a3c4d5e6f"), ("sub", "c0ffee00-1111-4222-8333-444455556666"), ("uti", "aBcDeFgHiJkLmNoPqRsTuV"),
        ("rh", "1.AXkAPo96X0sNXkqbVi8aPE1ebzmzqM-ighpHo8kPwL56QJN5AAA."), ("aio", "k2BgYFh5S2vH1lM7zj7Yl9fX2Z3s5u1wEA"),
        ("xms_mirid", "/subscriptions/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/resourcegroups/g/providers/Microsoft.Compute/virtualMachines/m"),
    ]);

    private readonly DateTimeOffset _expiresOn = TimeProvider.System.GetUtcNow().AddHours(24);

    public int Requests { get; private set; }

    public HttpResponseMessage Answer() => new(HttpStatusCode.OK)
    {
        Content = new StringContent(Scene.Body(Token(++Requests), _expiresOn)),
    };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Answer());

    private static string Token(int number) =>
        Front + number.ToString(CultureInfo.InvariantCulture).PadLeft(TokenCharacters - Front.Length, 's');
}
