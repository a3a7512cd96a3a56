using System.Globalization;
using System.Net;

namespace Keyless.Tests.EndToEnd;

/// <summary>Answers every request at once, without any network: a token of 1,600 characters that no other answer holds.</summary>
internal sealed class TokensFromMemory : HttpMessageHandler
{
    public const int TokenCharacters = 1600;

    private readonly DateTimeOffset _expiresOn = TimeProvider.System.GetUtcNow().AddHours(24);

    public int Requests { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(Scene.Body((++Requests).ToString(CultureInfo.InvariantCulture).PadLeft(TokenCharacters, 't'), _expiresOn)),
        });
}
