using System.Net.Http.Json;
using System.Text.Json;
using Keyless.Emulator;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Keys;
using Keyless.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Keyless.Docs.Tests.Snippets;

public sealed class TutorialSnippets
{
    [Fact]
    public async Task two_apps_are_kept_apart()
    {
        // begin-snippet: tutorial-two-apps
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions
        {
            Identities = [new() { Name = "orders" }, new() { Name = "billing" }],
            Hosts =
            [
                new() { Name = "shop", Kind = HostKind.AppService, UserAssigned = ["orders"] },
                new() { Name = "invoices", Kind = HostKind.AppService, UserAssigned = ["billing"] },
            ],
        });
        var billing = emulator.Identities.Single(identity => identity.Name == "billing");
        // end-snippet

        // begin-snippet: tutorial-wrong-app
        var shop = emulator["shop"];
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = shop.Environment,
            Identity = ManagedIdentity.FromClientId(billing.ClientId.ToString()),
            Cache = new TokenCache(),
        });

        var result = await client.TryGetTokenAsync(new TokenRequest("https://vault.azure.net"));

        Assert.Equal(FailureKind.IdentityNotFound, result.Failure?.Kind);
        emulator.Journal.Verify(request => request.Status == 200 && request.Identity == billing).Never();
        // end-snippet

        // begin-snippet: tutorial-right-app
        var invoices = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = emulator["invoices"].Environment,
            Identity = ManagedIdentity.FromClientId(billing.ClientId.ToString()),
            Cache = new TokenCache(),
        });
        await invoices.GetTokenAsync("https://vault.azure.net");

        emulator["invoices"].Journal.Verify(request => request.Identity == billing).Exactly(1);
        // end-snippet

        // begin-snippet: tutorial-unassign
        emulator["invoices"].Unassign("billing");
        // end-snippet

        Assert.DoesNotContain(billing, emulator["invoices"].AssignedIdentities);
    }

    [Fact]
    public async Task retries_are_proven()
    {
        var clock = new FakeClock();

        // begin-snippet: tutorial-throttled
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        var web = emulator[SourceKind.AppService];
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = web.Environment,
            TimeProvider = clock,
            Cache = new TokenCache(),
        });
        // end-snippet

        // begin-snippet: tutorial-spaced
        web.Faults.Enqueue(Fault.TooManyRequests(retryAfter: TimeSpan.FromSeconds(2)), times: 2);

        await clock.RunAsync(() => client.GetTokenAsync("https://vault.azure.net"), pause => pause < TimeSpan.FromSeconds(5));

        web.Journal.Verify(request => request.Leg == Leg.Token).Exactly(3).SpacedAtLeast(TimeSpan.FromSeconds(2));
        // end-snippet

        // begin-snippet: tutorial-outage
        web.Faults.Apply("region-outage");

        await client.GetTokenAsync("https://vault.azure.net");    // still there, without a request

        web.Journal.Verify().Exactly(3);
        // end-snippet
    }

    [Fact]
    public async Task keys_are_rolled_over()
    {
        // begin-snippet: tutorial-validator
        await using var emulator = await ManagedIdentityEmulator.StartAsync();
        var validator = new JsonWebTokenHandler();
        TokenValidationParameters NewRules() => new()
        {
            ValidAudience = "api://orders",
            ValidIssuer = emulator.Authority.AbsoluteUri,
            ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{emulator.Authority}.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever { RequireHttps = false }),
        };
        // end-snippet

        // begin-snippet: tutorial-rotate
        await emulator.Keys.PublishNextAsync();
        var rules = NewRules();
        var before = await emulator.IssueTokenAsync("orders", "api://orders");
        Assert.True((await validator.ValidateTokenAsync(before, rules)).IsValid);

        await emulator.Keys.RotateAsync();
        var after = await emulator.IssueTokenAsync("orders", "api://orders");

        Assert.NotEqual(new JsonWebToken(before).Kid, new JsonWebToken(after).Kid);
        Assert.True((await validator.ValidateTokenAsync(before, rules)).IsValid);    // signed by the key that retires
        Assert.True((await validator.ValidateTokenAsync(after, rules)).IsValid);     // by one that was published in time
        emulator.Journal.Verify(request => request.Leg == Leg.Keys).Exactly(1);      // the keys were fetched once
        // end-snippet

        // begin-snippet: tutorial-no-overlap
        await emulator.Keys.RotateAsync(overlap: TimeSpan.Zero);
        var sudden = await emulator.IssueTokenAsync("orders", "api://orders");

        Assert.False((await validator.ValidateTokenAsync(after, NewRules())).IsValid);    // its key is gone
        Assert.True((await validator.ValidateTokenAsync(sudden, NewRules())).IsValid);
        // end-snippet

        // begin-snippet: tutorial-retired
        emulator.Clock.Advance(TimeSpan.FromHours(25));

        var key = (await emulator.Keys.ListAsync()).Single(key => key.Id == new JsonWebToken(before).Kid);
        Assert.Equal(KeyState.Gone, key.State);
        // end-snippet
    }

    [Fact]
    public async Task a_managed_identity_is_an_applications_credential()
    {
        // begin-snippet: tutorial-application
        var backend = Guid.Parse("0b5f2c1e-7a55-4d0e-9d4a-3b1f0c6e2a71");
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions
        {
            Applications =
            [
                new()
                {
                    Name = "backend",
                    ClientId = backend,
                    FederatedCredentials = [new() { Name = "orders-may", Identity = "orders" }],
                },
            ],
        });
        // end-snippet

        // begin-snippet: tutorial-exchange
        var exchange = new Uri(emulator.Authority, "oauth2/v2.0/token");
        async Task<JsonElement> ExchangeAsync(string assertion)
        {
            using var http = new HttpClient();
            using var answer = await http.PostAsync(exchange, new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = backend.ToString(),
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ["client_assertion"] = assertion,
                ["scope"] = "https://graph.microsoft.com/.default",
            }));
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
        // end-snippet

        // begin-snippet: tutorial-federated
        var orders = emulator.Identities.Single(identity => identity.Name == "orders");
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = emulator[SourceKind.Imds].Environment,
            Identity = ManagedIdentity.FromClientId(orders.ClientId.ToString()),
            Cache = new TokenCache(),
        });
        var assertion = await client.GetTokenAsync("api://AzureADTokenExchange");

        var token = (await ExchangeAsync(assertion.Token)).GetProperty("access_token").GetString();

        Assert.Equal(backend.ToString(), new JsonWebToken(token).GetClaim("appid").Value);
        // end-snippet

        // begin-snippet: tutorial-wrong-subject
        var foreign = await emulator.IssueTokenAsync("billing", "api://AzureADTokenExchange");

        var refusal = await ExchangeAsync(foreign);

        Assert.Equal(700213, refusal.GetProperty("error_codes")[0].GetInt32());
        // end-snippet
    }
}
