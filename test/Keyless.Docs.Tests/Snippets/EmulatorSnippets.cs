using Keyless.Emulator;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Keyless.Docs.Tests.Snippets;

public sealed class EmulatorSnippets
{
    [Fact]
    public async Task a_host_is_asked_in_memory()
    {
        // begin-snippet: emulator-start
        await using var emulator = await ManagedIdentityEmulator.StartAsync();
        var vm = emulator[SourceKind.Imds];

        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = vm.Environment,
            Handler = vm.CreateHandler(),    // in memory; leave it out to go through the host's port
        });
        // end-snippet

        Assert.Equal(SourceKind.Imds, (await client.GetTokenAsync("https://vault.azure.net")).Source);
    }

    [Fact]
    public async Task a_fleet_is_described()
    {
        // begin-snippet: emulator-fleet
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions
        {
            Identities = [new() { Name = "orders" }, new() { Name = "billing" }],
            Hosts =
            [
                new() { Name = "worker", Kind = HostKind.VirtualMachine, UserAssigned = ["orders"] },
                new() { Name = "web", Kind = HostKind.AppService, UserAssigned = ["billing"] },
                new() { Name = "jobs", Kind = HostKind.Functions, SystemAssigned = false, UserAssigned = ["billing"] },
            ],
            Resources = [new() { Identifiers = ["api://orders"], TokenVersion = 2 }],
        });
        // end-snippet

        Assert.Equal(["orders"], emulator["worker"].AssignedIdentities.Where(one => !one.IsSystemAssigned).Select(one => one.Name));
    }

    [Fact]
    public async Task the_clock_is_moved_and_tokens_tell_the_real_time()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], TokenTimes = TokenTimes.Real });
        var vm = emulator[SourceKind.Imds];
        var vmClient = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = vm.Environment, Handler = vm.CreateHandler() });

        // begin-snippet: emulator-token-times
        var clock = emulator.Clock;                               // TokenTimes = TokenTimes.Real
        var before = await vmClient.GetTokenAsync("api://orders");

        clock.Advance(TimeSpan.FromHours(25));                    // a day later for the platform, now for everybody else

        var after = await vmClient.GetTokenAsync(new TokenRequest("api://orders") { ForceRefresh = true });
        Assert.NotEqual(before.Token, after.Token);
        Assert.InRange(after.ExpiresOn, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(25));
        // end-snippet
    }

    [Fact]
    public async Task tokens_are_issued_without_a_host()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] });

        // begin-snippet: emulator-mint
        var good = await emulator.IssueTokenAsync("orders", "api://orders");
        var bad = await emulator.IssueTokenAsync("orders", "api://orders", new TokenChange { Flaw = TokenFlaw.Tampered });
        // end-snippet

        Assert.NotEqual(good, bad);
    }

    [Fact]
    public async Task a_fault_and_the_journal()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync();
        var vm = emulator[SourceKind.Imds];
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = vm.Environment, Cache = new TokenCache() });

        // begin-snippet: emulator-fault
        vm.Faults.Enqueue(Fault.IdentityNotFound());

        var result = await client.TryGetTokenAsync(new TokenRequest("https://vault.azure.net"));

        Assert.Equal(FailureKind.IdentityNotFound, result.Failure?.Kind);
        vm.Journal.Verify(new JournalFilter { Leg = Leg.Token, Status = 400 }).Exactly(1);
        // end-snippet
    }

    [Fact]
    public async Task a_service_validates_emulated_tokens()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();

        // begin-snippet: emulator-validate
        builder.Services.AddAuthentication().AddJwtBearer(options =>
        {
            options.Authority = emulator.Authority.AbsoluteUri;
            options.Audience = "api://orders";
            options.RequireHttpsMetadata = false;    // the authority is on loopback
        });
        // end-snippet

        await using var app = builder.Build();
        var options = app.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);
        var configuration = await options.ConfigurationManager!.GetConfigurationAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(configuration.SigningKeys);
    }
}
