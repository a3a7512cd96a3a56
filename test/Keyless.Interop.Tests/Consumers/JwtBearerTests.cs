using System.Net;
using System.Net.Http.Headers;
using Keyless.Interop.Tests.Clients;
using Keyless.Interop.Tests.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Keyless.Interop.Tests.Consumers;

/// <summary>An API that validates tokens with ASP.NET Core, told of nothing but the authority and its own audience.</summary>
public sealed class JwtBearerTests(EmulatedPlatforms platforms)
{
    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.ServiceFabric)]
    public async Task it_lets_in_who_has_a_token(SourceKind source)
    {
        await using var api = await StartAsync(EmulatedPlatforms.Vault);

        var (status, text, _) = await CallAsync(api, await TokenOfAsync(source));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(platforms.SystemOf(source).ObjectId.ToString(), text);
    }

    [Fact]
    public async Task it_keeps_out_who_has_none()
    {
        await using var api = await StartAsync(EmulatedPlatforms.Vault);

        var (status, _, challenge) = await CallAsync(api, token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("Bearer", challenge);
    }

    [Fact]
    public async Task it_keeps_out_who_has_a_token_for_another_audience()
    {
        await using var api = await StartAsync("https://storage.azure.com");

        var (status, _, challenge) = await CallAsync(api, await TokenOfAsync(SourceKind.Imds));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("The audience ", challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_keeps_out_who_has_a_token_of_another_emulator()
    {
        await using var other = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds] }, TestContext.Current.CancellationToken);
        await using var api = await StartAsync(EmulatedPlatforms.Vault, other.Authority);

        var (status, _, challenge) = await CallAsync(api, await TokenOfAsync(SourceKind.Imds));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("invalid_token", challenge, StringComparison.Ordinal);
    }

    private async Task<WebApplication> StartAsync(string audience, Uri? authority = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication().AddJwtBearer(options =>
        {
            options.Authority = (authority ?? platforms.Emulator.Authority).AbsoluteUri;
            options.Audience = audience;
            options.RequireHttpsMetadata = false;
        });

        var api = builder.Build();
        api.UseAuthentication();
        api.UseAuthorization();
        api.MapGet("/", (HttpContext context) =>
                context.User.FindFirst("http://schemas.microsoft.com/identity/claims/objectidentifier")?.Value)
            .RequireAuthorization();
        await api.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    private async Task<string> TokenOfAsync(SourceKind source)
    {
        var outcome = await platforms.OutcomeOfAsync(InteropClient.Msal, source, platforms.CallFor(ManagedIdentityKind.SystemAssigned));
        return outcome.Token!;
    }

    private static async Task<(HttpStatusCode Status, string Text, string Challenge)> CallAsync(WebApplication api, string? token)
    {
        var address = api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text, response.Headers.WwwAuthenticate.ToString());
    }
}
