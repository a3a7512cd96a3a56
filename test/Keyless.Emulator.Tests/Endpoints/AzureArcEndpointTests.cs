using System.Net;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Endpoints;

public sealed class AzureArcEndpointTests(RunningEmulator running)
{
    private EmulatedHost Host => running[SourceKind.AzureArc];

    [Fact]
    public async Task the_first_request_is_challenged_with_the_path_of_a_key_file()
    {
        var answer = await Host.ChallengeAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(["error", "error_description"], answer.Members);
        var header = answer.Header("WWW-Authenticate");
        Assert.Equal(2, header.Split('=', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain('"', header);
        var file = ArcCalls.KeyFileOf(answer);
        Assert.Equal(running.ArcKeyDirectory, Path.GetDirectoryName(file));
        Assert.EndsWith(".key", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_text_of_the_key_file_gets_the_token_and_uses_the_file_up()
    {
        var file = ArcCalls.KeyFileOf(await Host.ChallengeAsync());
        var key = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.InRange(key.Length, 1, 4096);
        Assert.DoesNotContain('\n', key);

        var answer = await Host.RedeemAsync(key);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["access_token", "expires_in", "expires_on", "not_before", "resource", "token_type"], answer.Members);
        Assert.All(answer.Members, name => answer.String(name));
        Assert.Equal(Host.AssignedIdentities[0].ObjectId.ToString(), new DecodedToken(answer.Token).String("oid"));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task a_key_is_good_once()
    {
        var key = await File.ReadAllTextAsync(ArcCalls.KeyFileOf(await Host.ChallengeAsync()), TestContext.Current.CancellationToken);

        var first = await Host.RedeemAsync(key);
        var second = await Host.RedeemAsync(key);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, second.Status);
        Assert.NotEmpty(second.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("Basic wrong")]
    [InlineData("Basic ")]
    [InlineData("Bearer x")]
    public async Task a_wrong_key_is_challenged_anew(string authorization)
    {
        var answer = await Host.GetAsync(ArcCalls.Query, HostCalls.Metadata, ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.True(File.Exists(ArcCalls.KeyFileOf(answer)));
    }

    [Fact]
    public async Task each_challenge_has_a_file_and_a_key_of_its_own()
    {
        var one = ArcCalls.KeyFileOf(await Host.ChallengeAsync());
        var other = ArcCalls.KeyFileOf(await Host.ChallengeAsync());

        Assert.NotEqual(one, other);
        Assert.NotEqual(
            await File.ReadAllTextAsync(one, TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task a_key_expires_and_its_file_goes()
    {
        using var directory = new TemporaryDirectory();
        var clock = new FakeClock();
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.AzureArc], ArcKeyDirectory = directory.Path, TimeProvider = clock },
            TestContext.Current.CancellationToken);
        var host = emulator[SourceKind.AzureArc];
        var file = ArcCalls.KeyFileOf(await host.ChallengeAsync());
        var key = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(61));
        var late = await host.RedeemAsync(key);

        Assert.Equal(HttpStatusCode.Unauthorized, late.Status);
        Assert.False(File.Exists(file));
        Assert.Equal([ArcCalls.KeyFileOf(late)], directory.Files);
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("object_id")]
    [InlineData("msi_res_id")]
    public async Task a_user_assigned_identity_is_honoured_and_its_selector_echoed(string parameter)
    {
        var value = parameter switch
        {
            "client_id" => running.Orders.ClientId.ToString(),
            "object_id" => running.Orders.ObjectId.ToString(),
            _ => running.Orders.ResourceId.ToUpperInvariant(),
        };

        var answer = await Host.AskArcAsync($"{ArcCalls.Query}&{parameter}={value}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(value, answer.String(parameter));
        Assert.Equal(running.Orders.ObjectId.ToString(), new DecodedToken(answer.Token).String("oid"));
    }

    [Fact]
    public async Task mi_res_id_is_ignored_and_not_echoed()
    {
        var answer = await Host.AskArcAsync($"{ArcCalls.Query}&mi_res_id={running.Orders.ResourceId}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(Host.AssignedIdentities[0].ObjectId.ToString(), new DecodedToken(answer.Token).String("oid"));
        Assert.DoesNotContain("mi_res_id", answer.Members);
    }

    [Theory]
    [InlineData(ArcCalls.Query + "&client_id=00000000-0000-0000-0000-000000000001", "invalid_request", "Identity not found")]
    [InlineData(ArcCalls.Query + "&client_id=a&object_id=b", "invalid_request", "More than one")]
    [InlineData("api-version=2020-06-01&resource=words", "invalid_resource", "AADSTS50001")]
    public async Task what_is_asked_for_is_judged_once_the_key_is_shown(string query, string error, string mentioned)
    {
        var answer = await Host.AskArcAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(error, answer.String("error"));
        Assert.Contains(mentioned, answer.String("error_description"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resource=https://vault.azure.net")]
    [InlineData("api-version=2018-02-01&resource=https://vault.azure.net")]
    [InlineData("api-version=2020-06-01")]
    public async Task a_request_at_fault_is_refused_without_a_challenge(string query)
    {
        var answer = await Host.ChallengeAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.String("error"));
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("2019-08-15")]
    [InlineData("2019-11-01")]
    public async Task older_versions_are_served(string version)
    {
        var answer = await Host.AskArcAsync($"api-version={version}&resource=https://vault.azure.net");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task without_the_metadata_header_or_when_forwarded_there_is_no_challenge()
    {
        var bare = await Host.GetAsync(ArcCalls.Query);
        var forwarded = await Host.GetAsync(ArcCalls.Query, HostCalls.Metadata, ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal(HttpStatusCode.BadRequest, bare.Status);
        Assert.Equal(HttpStatusCode.BadRequest, forwarded.Status);
        Assert.Empty(bare.Headers.WwwAuthenticate);
        Assert.Empty(forwarded.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task an_unexpected_path_is_answered_with_a_flat_error()
    {
        var answer = await Host.GetAsync(new Uri(Host.Endpoint, "/elsewhere"), HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(["error", "error_description"], answer.Members);
    }

    [Fact]
    public async Task a_key_directory_that_cannot_be_written_is_a_problem_and_not_a_failed_start()
    {
        using var directory = new TemporaryDirectory();
        var occupied = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(occupied, "", TestContext.Current.CancellationToken);
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.AzureArc], ArcKeyDirectory = Path.Combine(occupied, "tokens") },
            TestContext.Current.CancellationToken);
        var host = emulator[SourceKind.AzureArc];

        Assert.NotNull(host.Problem);
        Assert.Contains(Path.Combine(occupied, "tokens"), host.Problem, StringComparison.Ordinal);
        Assert.Contains(OperatingSystem.IsWindows() ? "mkdir" : "sudo mkdir -p", host.Problem, StringComparison.Ordinal);
        var answer = await host.ChallengeAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Contains(occupied, answer.String("error_description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task without_a_key_directory_the_host_says_that_there_is_no_agent()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.AzureArc], ArcKeyDirectory = null },
            TestContext.Current.CancellationToken);

        Assert.Contains("operating system", emulator[SourceKind.AzureArc].Problem, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, (await emulator[SourceKind.AzureArc].ChallengeAsync()).Status);
    }

    [Fact]
    public void its_process_sees_endpoint_and_base_address_and_no_identity_header()
    {
        Assert.Null(Host.Problem);
        Assert.Equal(["IDENTITY_ENDPOINT", "IMDS_ENDPOINT"], Host.Variables.Keys.Order(StringComparer.Ordinal));
    }
}
