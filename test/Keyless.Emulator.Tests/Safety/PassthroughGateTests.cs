using System.Net;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Safety;

/// <summary>What holds for real tokens wherever they come from.</summary>
public sealed class PassthroughGateTests : IDisposable
{
    private const string Real = "a-real-token";

    private readonly FakeClock _clock = new();
    private readonly TemporaryDirectory _keys = new();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void the_emulator_by_itself_starts_no_program_and_refers_to_no_package_that_does()
    {
        using var file = new PEReader(File.OpenRead(typeof(ManagedIdentityEmulator).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var types = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").ToArray();
        var assemblies = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Select(assembly => metadata.GetString(assembly.Name)).ToArray();

        Assert.Contains("System.Net.Sockets.Socket", types);
        Assert.DoesNotContain(types, type => type.StartsWith("System.Diagnostics.Process", StringComparison.Ordinal));
        Assert.DoesNotContain("System.Diagnostics.Process", assemblies);
        Assert.DoesNotContain(assemblies, assembly => assembly.Contains("Passthrough", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            metadata.MethodDefinitions.Select(metadata.GetMethodDefinition),
            method => method.Attributes.HasFlag(System.Reflection.MethodAttributes.PinvokeImpl));
    }

    [Fact]
    public async Task a_listed_resource_gets_a_real_token_the_answer_and_the_start_say_so_and_no_journal_has_it()
    {
        var source = new Source { Resources = [HostCalls.Vault] };
        await using var emulator = await StartAsync(new EmulatorOptions { Passthrough = source });

        var answer = await AskAsync(emulator, "HTTPS://VAULT.azure.net/");

        Assert.Equal(Real, answer.Token);
        Assert.Equal("test", answer.Header("x-keyless-passthrough"));
        Assert.Equal("3600", answer.String("expires_in"));
        Assert.Equal([HostCalls.Vault], source.Asked);
        Assert.Equal(
            "Pass-through is on: requests for https://vault.azure.net are answered with real tokens of whoever is logged in to test on this "
            + "machine. Any program here can get them.",
            emulator.PassthroughNotice);
        using var journal = new MemoryStream();
        await emulator.Journal.WriteJsonLinesAsync(journal, TestContext.Current.CancellationToken);
        await emulator.Journal.WriteHarAsync(journal, TestContext.Current.CancellationToken);
        var written = Encoding.UTF8.GetString(journal.ToArray());
        Assert.Contains("passthrough", written, StringComparison.Ordinal);
        Assert.DoesNotContain(Real, written, StringComparison.Ordinal);
        Assert.DoesNotContain(Real, new PassthroughToken(Real, _clock.Now, _clock.Now).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://management.azure.com")]
    [InlineData("https://vault.azure.net.attacker.example")]
    public async Task nothing_else_reaches_the_source(string resource)
    {
        var source = new Source { Resources = [HostCalls.Vault] };
        await using var emulator = await StartAsync(new EmulatorOptions { Passthrough = source });

        var answer = await AskAsync(emulator, resource);

        Assert.StartsWith("keyless-emulator-", new DecodedToken(answer.Token).Header.GetProperty("kid").GetString(), StringComparison.Ordinal);
        Assert.Empty(source.Asked);
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 400)]
    public async Task what_the_source_says_is_answered_in_the_hosts_dialect(bool mayPass, int status)
    {
        var source = new Source { Resources = [HostCalls.Vault], Failure = new PassthroughException("Log in: test login", mayPass) };
        await using var emulator = await StartAsync(new EmulatorOptions { Passthrough = source });

        var answer = await AskAsync(emulator, HostCalls.Vault);

        Assert.Equal((HttpStatusCode)status, answer.Status);
        Assert.Equal(("passthrough_failed", "Log in: test login"), (answer.String("error"), answer.String("error_description")));
    }

    [Fact]
    public async Task the_source_ends_with_the_emulator()
    {
        var source = new Source { Resources = [HostCalls.Vault] };
        var emulator = await StartAsync(new EmulatorOptions { Passthrough = source });
        Assert.False(source.IsDisposed);

        await emulator.DisposeAsync();

        Assert.True(source.IsDisposed);
    }

    [Fact]
    public async Task no_source_gets_beyond_this_machine_into_a_journal_or_for_whatever_resource()
    {
        const string Key = "a-key-of-24-characters-!";
        var good = new EmulatorOptions { Passthrough = new Source { Resources = [HostCalls.Vault] } };

        await RefusedAsync("loopback address", good with { Address = IPAddress.Any, AllowRemote = true, AdminKey = Key });
        await RefusedAsync("loopback address", good with { AllowRemote = true, AdminKey = Key });
        await RefusedAsync("Real tokens are written down nowhere", good with { JournalSecrets = true });
        await RefusedAsync("Passthrough.Resources is empty", good with { Passthrough = new Source { Resources = [] } });
        await RefusedAsync("Passthrough.Resources holds '*'", good with { Passthrough = new Source { Resources = ["*"] } });
        await RefusedAsync("Passthrough.Resources holds ' '", good with { Passthrough = new Source { Resources = [" "] } });
        await RefusedAsync("not like that", good with { Passthrough = new Source { Resources = [HostCalls.Vault], Problem = "not like that" } });
    }

    private static async Task RefusedAsync(string text, EmulatorOptions options)
    {
        var exception = await Assert.ThrowsAsync<EmulatorException>(
            () => ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken));
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, ((Source)options.Passthrough!).Opened);
    }

    private static Task<Answer> AskAsync(ManagedIdentityEmulator emulator, string resource) =>
        emulator[SourceKind.Imds].GetAsync($"api-version=2018-02-01&resource={resource}", HostCalls.Metadata);

    private Task<ManagedIdentityEmulator> StartAsync(EmulatorOptions options) => ManagedIdentityEmulator.StartAsync(
        options with { Sources = [SourceKind.Imds], TimeProvider = _clock, ArcKeyDirectory = _keys.Path },
        TestContext.Current.CancellationToken);

    private sealed class Source : IPassthrough, IPassthroughTokens
    {
        private TimeProvider _clock = TimeProvider.System;

        public required IReadOnlyList<string> Resources { get; init; }

        public PassthroughException? Failure { get; init; }

        public string? Problem { get; init; }

        public int Opened { get; private set; }

        public List<string> Asked { get; } = [];

        public bool IsDisposed { get; private set; }

        public string Login => "test";

        public void Validate()
        {
            if (Problem is not null)
                throw new EmulatorException(Problem);
        }

        public IPassthroughTokens Open(MachineEnvironment machine, TimeProvider clock)
        {
            (_clock, Opened) = (clock, Opened + 1);
            return this;
        }

        public ValueTask<PassthroughToken> GetTokenAsync(string resource, CancellationToken cancellationToken)
        {
            Asked.Add(resource);
            return Failure is not null
                ? throw Failure
                : new(new PassthroughToken(Real, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1)));
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
