using Keyless.Msal.Tests.Support;
using Keyless.Testing;

namespace Keyless.Msal.Tests;

/// <summary>Discovery: what variables tell is believed; IMDS is asked, and nothing is remembered.</summary>
public sealed class DiscoveryTests
{
    [Fact]
    public async Task What_variables_tell_is_not_asked()
    {
        await using var scene = new MsalScene();

        var found = await Discover(scene.App());

        Assert.Equal(ManagedIdentitySource.AppService, found.Source);
        Assert.Null(found.ErrorReason);
        Assert.Empty(scene.Server.Requests);
    }

    [Fact]
    public async Task Imds_is_there_if_it_insists_on_its_header()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(Reply.Json(400, """{"error":"invalid_request","error_description":"Required metadata header not specified"}"""));

        var found = await Discover(OnImds(scene));

        Assert.Equal(ManagedIdentitySource.Imds, found.Source);
        Assert.Null(Assert.Single(scene.Server.Requests).Header("Metadata"));
        Assert.Equal(MtlsBindingStrength.None, found.MaxSupportedBindingStrength);
        Assert.False(found.IsMtlsPopSupportedByHost);
    }

    [Fact]
    public async Task What_answers_otherwise_is_not_imds_and_the_next_call_looks_again()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(Reply.Html(200, "<html>Welcome</html>"), Reply.Json(400, "{}"));
        var app = OnImds(scene);

        var first = await Discover(app);
        var second = await Discover(app);

        Assert.Equal(ManagedIdentitySource.None, first.Source);
        Assert.Contains("status 200", first.ErrorReason);
        Assert.Equal(ManagedIdentitySource.Imds, second.Source);
    }

    [Fact]
    public async Task Where_nothing_listens_there_is_none()
    {
        await using var scene = new MsalScene();
        using var closed = new ClosedPort();

        var found = await Discover(OnImds(scene, closed.Address));

        Assert.Equal(ManagedIdentitySource.None, found.Source);
        Assert.Contains("connection refused", found.ErrorReason);
    }

    [Fact]
    public async Task A_silent_address_is_given_up_in_time()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(Reply.Hang());

        var found = await OnImds(scene).GetManagedIdentityCapabilitiesAsync(
            new ManagedIdentityCapabilitiesOptions { CapabilityDiscoveryTimeout = TimeSpan.FromMilliseconds(200) }, MsalScene.Cancellation);

        Assert.Equal(ManagedIdentitySource.None, found.Source);
        scene.Server.Release();
    }

    [Fact]
    public async Task A_cancelled_caller_is_told_so()
    {
        await using var scene = new MsalScene();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OnImds(scene).GetManagedIdentityCapabilitiesAsync(new CancellationToken(canceled: true)));
    }

    private static ManagedIdentityApplication OnImds(MsalScene scene, Uri? address = null) => (ManagedIdentityApplication)scene.App(builder =>
    {
        builder.Settings.Machine = MachineEnvironment.FromVariables([new("AZURE_POD_IDENTITY_AUTHORITY_HOST", (address ?? scene.Server.Address).AbsoluteUri)]);
        builder.Settings.Time = TimeProvider.System;
    });

    private static Task<ManagedIdentityCapabilities> Discover(IManagedIdentityApplication app) =>
        ((ManagedIdentityApplication)app).GetManagedIdentityCapabilitiesAsync(MsalScene.Cancellation);
}
