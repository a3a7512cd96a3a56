using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests.Consumers;

/// <summary>
/// Azurite, the emulator of Azure Storage, lets in the Azure SDK with a credential of Keyless, when the issuer of its tokens looks like
/// Entra.
/// </summary>
public sealed class AzuriteTests : IAsyncLifetime
{
    private Azurite? _azurite;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _azurite = await Azurite.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }

    [Fact]
    public async Task it_keeps_a_blob_for_who_has_a_token()
    {
        await using var emulator = await StartAsync(IssuerProfile.Entra);
        using var blobs = new BlobPipeline(_azurite!, CredentialOn(emulator));

        using var created = await blobs.CreateContainerAsync("box", Cancellation);
        using var written = await blobs.UploadAsync("box/greeting.txt", "Hello", Cancellation);
        using var read = await blobs.DownloadAsync("box/greeting.txt", Cancellation);

        Assert.Equal((201, 201, 200), (created.Status, written.Status, read.Status));
        Assert.Equal("Hello", read.Content.ToString());
        Assert.Equal("https://storage.azure.com", Assert.Single(emulator.Journal.Entries).Resource);
    }

    [Fact]
    public async Task it_does_so_for_synchronous_calls_too()
    {
        await using var emulator = await StartAsync(IssuerProfile.Entra);
        using var writer = new BlobPipeline(_azurite!, CredentialOn(emulator));
        using var created = await writer.CreateContainerAsync("box", Cancellation);
        using var written = await writer.UploadAsync("box/greeting.txt", "Hello", Cancellation);
        using var reader = new BlobPipeline(_azurite!, CredentialOn(emulator));

        using var read = reader.DownloadBlocking("box/greeting.txt", Cancellation);

        Assert.Equal((200, "Hello"), (read.Status, read.Content.ToString()));
    }

    [Fact]
    public async Task it_refuses_a_token_for_another_audience()
    {
        await using var emulator = await StartAsync(IssuerProfile.Entra);
        using var blobs = new BlobPipeline(_azurite!, CredentialOn(emulator), $"{EmulatedPlatforms.Vault}/.default");

        using var refused = await blobs.CreateContainerAsync("box", Cancellation);

        Assert.Equal(403, refused.Status);
        Assert.Contains("Invalid token audience", refused.Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_refuses_a_token_whose_issuer_does_not_look_like_entra()
    {
        await using var emulator = await StartAsync(IssuerProfile.Local);
        using var blobs = new BlobPipeline(_azurite!, CredentialOn(emulator));

        using var refused = await blobs.CreateContainerAsync("box", Cancellation);

        Assert.Equal(403, refused.Status);
        Assert.Contains("Invalid token issuer", refused.Content.ToString(), StringComparison.Ordinal);
    }

    private static Task<ManagedIdentityEmulator> StartAsync(IssuerProfile issuer) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.AppService], Issuer = issuer }, Cancellation);

    // Its requests are counted: however slow the machine is, none is given up and made again.
    private static KeylessTokenCredential CredentialOn(ManagedIdentityEmulator emulator) =>
        new(new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = emulator[SourceKind.AppService].Environment,
            Cache = new TokenCache(),
            Timeout = TimeSpan.FromMinutes(5),
            AttemptTimeout = TimeSpan.FromMinutes(5),
        }));
}
