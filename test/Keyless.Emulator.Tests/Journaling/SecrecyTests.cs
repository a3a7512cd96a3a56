using System.Text;
using System.Text.Json;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Journaling;

public sealed class SecrecyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task no_token_and_no_secret_stands_in_any_dump()
    {
        using var directory = new TemporaryDirectory();
        await using var emulator = await StartAsync(directory);
        var canaries = await LeaveSecretsAsync(emulator);

        var dumps = await DumpAsync(emulator.Journal);

        Assert.Contains("sha256:", dumps[0], StringComparison.Ordinal);
        foreach (var canary in canaries)
            canary.AssertAbsentFrom(dumps);
    }

    [Fact]
    public async Task with_the_switch_they_are_all_there()
    {
        using var directory = new TemporaryDirectory();
        await using var emulator = await StartAsync(directory, show: true);
        var canaries = await LeaveSecretsAsync(emulator);

        var dumps = await DumpAsync(emulator.Journal);

        Assert.All(canaries, canary => Assert.True(canary.IsIn(dumps[0]), canary.ToString()));
    }

    [Fact]
    public async Task a_token_in_a_request_is_told_by_its_hash_and_claims()
    {
        using var directory = new TemporaryDirectory();
        await using var emulator = await StartAsync(directory);
        var vm = emulator[SourceKind.Imds];
        var token = (await vm.GetAsync("api-version=2018-02-01&resource=api://x", HostCalls.Metadata)).Token;

        await vm.GetAsync("", ("Authorization", $"Bearer {token}"));

        var entry = vm.Journal.Entries[1];
        var seen = Assert.Single(entry.Tokens);
        Assert.Equal("header Authorization", seen.Place);
        Assert.Equal(vm.Journal.Entries[0].TokenSha256, seen.Sha256);
        Assert.Equal("api://x", seen.Claims?.GetProperty("aud").GetString());
        Assert.Contains(KeyValuePair.Create("Authorization", $"Bearer sha256:{seen.Sha256}"), entry.Headers);
    }

    private static Task<ManagedIdentityEmulator> StartAsync(TemporaryDirectory directory, bool show = false) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { ArcKeyDirectory = directory.Path, OpenPorts = true, JournalSecrets = show }, Cancellation);

    /// <summary>Sends every kind of secret to where it belongs and to where it does not.</summary>
    private static async Task<IReadOnlyList<Canary>> LeaveSecretsAsync(ManagedIdentityEmulator emulator)
    {
        const string Ask = "api-version=2019-08-01&resource=https://vault.azure.net";
        var web = emulator[SourceKind.AppService];
        var arc = emulator[SourceKind.AzureArc];
        var vm = emulator[SourceKind.Imds];
        var secret = web.Variables["IDENTITY_HEADER"];
        var token = (await web.GetAsync(Ask, HostCalls.SecretOf(web))).Token;
        await emulator[SourceKind.MachineLearning].GetAsync(Ask, HostCalls.SecretOf(emulator[SourceKind.MachineLearning]));
        await emulator[SourceKind.ServiceFabric].GetAsync(Ask, HostCalls.SecretOf(emulator[SourceKind.ServiceFabric]));

        var key = await File.ReadAllTextAsync(ArcCalls.KeyFileOf(await arc.ChallengeAsync()), Cancellation);
        await arc.RedeemAsync(key);

        // Misplaced: a secret sent to a host that has none, a token in the path, the query, a form and a header of any name.
        await vm.GetAsync($"client_id={secret}&{secret}=1", ("X-Whatever", secret));
        await HostCalls.GetAsync(new Uri(vm.Endpoint, $"/{token}/{secret}"), ("X-Token", token), ("Cookie", token[..40]));
        await vm.GetAsync($"resource={token}");
        var password = new Canary("client secret");
        using var form = new StringContent($"client_secret={password.Value}&client_assertion={token}&grant_type=client_credentials");
        await HostCalls.SendAsync(HttpMethod.Post, emulator.Authority, form);

        return
        [
            new Canary("identity header", secret),
            new Canary("signed token", token),
            new Canary("Arc key", key),
            new Canary("Machine Learning secret", emulator[SourceKind.MachineLearning].Variables["MSI_SECRET"]),
            new Canary("Service Fabric secret", emulator[SourceKind.ServiceFabric].Variables["IDENTITY_HEADER"]),
            password,
        ];
    }

    private static async Task<string[]> DumpAsync(Journal journal)
    {
        using var lines = new MemoryStream();
        using var har = new MemoryStream();
        await journal.WriteJsonLinesAsync(lines, Cancellation);
        await journal.WriteHarAsync(har, Cancellation);
        var texts = new List<string> { Encoding.UTF8.GetString(lines.ToArray()), Encoding.UTF8.GetString(har.ToArray()) };
        texts.AddRange(journal.Entries.Select(entry => $"{entry}"));
        texts.AddRange(journal.Entries.Select(entry => JsonSerializer.Serialize(entry)));
        texts.Add(Assert.Throws<JournalVerificationException>(() => journal.Verify().Never()).Message);
        texts.Add(Assert.Throws<JournalVerificationException>(() => journal.Verify(new JournalFilter { Status = 1, Path = "x" }).AtLeast(1)).Message);
        return [.. texts];
    }
}
