using System.Net;
using System.Net.Http.Headers;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests.Consumers;

/// <summary>Azurite, the emulator of Azure Storage, lets in who has a token of this emulator, when its issuer looks like Entra.</summary>
public sealed class AzuriteTests : IAsyncLifetime
{
    private const string Storage = "https://storage.azure.com";

    private Azurite? _azurite;
    private HttpClient? _http;

    public async ValueTask InitializeAsync()
    {
        _azurite = await Azurite.StartAsync(TestContext.Current.CancellationToken);
        _http = _azurite.NewHttpClient();
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }

    [Fact]
    public async Task it_keeps_a_blob_for_who_has_a_token()
    {
        await using var emulator = await StartAsync(IssuerProfile.Entra);
        var token = await TokenAsync(emulator, Storage);

        var (created, _) = await SendAsync(HttpMethod.Put, "box?restype=container", token);
        var (written, _) = await SendAsync(HttpMethod.Put, "box/greeting.txt", token, "Hello");
        var (read, text) = await SendAsync(HttpMethod.Get, "box/greeting.txt", token);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.OK), (created, written, read));
        Assert.Equal("Hello", text);
    }

    [Fact]
    public async Task it_refuses_a_token_for_another_audience()
    {
        await using var emulator = await StartAsync(IssuerProfile.Entra);

        var (status, text) = await SendAsync(HttpMethod.Put, "box?restype=container", await TokenAsync(emulator, EmulatedPlatforms.Vault));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Invalid token audience", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_refuses_a_token_whose_issuer_does_not_look_like_entra()
    {
        await using var emulator = await StartAsync(IssuerProfile.Local);

        var (status, text) = await SendAsync(HttpMethod.Put, "box?restype=container", await TokenAsync(emulator, Storage));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Invalid token issuer", text, StringComparison.Ordinal);
    }

    private static Task<ManagedIdentityEmulator> StartAsync(IssuerProfile issuer) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.AppService], Issuer = issuer }, TestContext.Current.CancellationToken);

    private static async Task<string> TokenAsync(ManagedIdentityEmulator emulator, string resource)
    {
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = MachineEnvironment.FromVariables(emulator[SourceKind.AppService].Variables),
            Cache = new TokenCache(),
        });
        return (await client.GetTokenAsync(resource, TestContext.Current.CancellationToken)).Token;
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path, string token, string? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{_azurite!.Address}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("x-ms-version", "2023-11-03");
        if (content is not null)
        {
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
            request.Content = new StringContent(content);
        }

        using var response = await _http!.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
