using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Keyless.Emulator.Tests.Support;
using Keyless.Emulator.Tokens;
using Keyless.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tests.Authority;

/// <summary>Tokens for applications, by secret, by certificate and by a managed identity's token.</summary>
public sealed class EntraTokenTests(EntraTokenTests.Fixture fixture) : IClassFixture<EntraTokenTests.Fixture>
{
    private const string Secret = "s3cret+with&signs";
    private const string Scope = "https://vault.azure.net/.default";
    private const string Exchange = FederatedCredentialDescription.DefaultAudience;

    private ManagedIdentityEmulator Emulator => fixture.Emulator;

    private Uri V2 => new(Emulator.Authority, "oauth2/v2.0/token");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_secret_gets_a_token_of_the_application()
    {
        var answer = await AskAsync(("client_secret", Secret));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Bearer", answer.String("token_type"));
        Assert.Equal(3600, answer.Member("expires_in").GetInt32());
        Assert.Equal(["token_type", "expires_in", "ext_expires_in", "access_token"], answer.Members);
        var token = new DecodedToken(answer.Token);
        Assert.Equal(Fixture.AppId.ToString(), token.String("appid"));
        Assert.Equal("1", token.String("appidacr"));
        Assert.Equal("https://vault.azure.net", token.String("aud"));
        Assert.Equal(token.String("oid"), token.String("sub"));
        Assert.Equal("Vault.Admin", token.Claims.GetProperty("roles")[0].GetString());
        Assert.Empty(token.ClaimNames.Intersect(["upn", "scp", "name", "preferred_username", "xms_mirid"], StringComparer.Ordinal));
        Assert.True(await token.IsSignedByItsIssuerAsync());
    }

    [Fact]
    public async Task the_secret_may_be_in_the_header_as_well()
    {
        var basic = $"{Fixture.AppId}:{Uri.EscapeDataString(Secret)}";
        var answer = await PostAsync(
            V2,
            [("grant_type", "client_credentials"), ("scope", Scope)],
            ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(basic))}"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task the_v1_endpoint_takes_a_resource_and_writes_numbers_as_text()
    {
        var answer = await PostAsync(
            new Uri(Emulator.Authority, "oauth2/token"),
            [
                ("grant_type", "client_credentials"), ("client_id", $"{Fixture.AppId}"), ("client_secret", Secret),
                ("resource", "https://management.azure.com/"),
            ]);

        Assert.Equal("3600", answer.String("expires_in"));
        Assert.Equal("https://management.azure.com/", answer.String("resource"));
        var token = new DecodedToken(answer.Token);
        Assert.Equal("https://management.azure.com/", token.String("aud"));
        Assert.Equal(token.Time("exp").ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), answer.String("expires_on"));
    }

    [Fact]
    public async Task a_v2_api_gets_a_v2_token_from_either_endpoint()
    {
        var token = new DecodedToken((await AskAsync("api://v2/.default", ("client_secret", Secret))).Token);

        Assert.Equal("2.0", token.String("ver"));
        Assert.Equal(Fixture.AppId.ToString(), token.String("azp"));
        Assert.Equal("1", token.String("azpacr"));
    }

    [Theory]
    [InlineData("common")]
    [InlineData("organizations")]
    public async Task an_alias_leads_to_the_applications_own_tenant(string alias)
    {
        var answer = await PostAsync(new Uri(Emulator.Authority, $"/{alias}/oauth2/v2.0/token"), Form(Scope, ("client_secret", Secret)));

        Assert.Equal(Emulator.TenantId.ToString(), new DecodedToken(answer.Token).String("tid"));
    }

    [Fact]
    public async Task capabilities_come_in_the_claims()
    {
        const string Claims = """{"access_token":{"xms_cc":{"values":["cp1"]}}}""";

        var token = new DecodedToken((await AskAsync(("client_secret", Secret), ("claims", Claims))).Token);

        Assert.Equal("cp1", token.Claims.GetProperty("xms_cc")[0].GetString());
        await AssertRefusedAsync(90100, "invalid_request", Form(Scope, ("client_secret", Secret), ("claims", "{")));
        await AssertRefusedAsync(90100, "invalid_request", Form(Scope, ("client_secret", Secret), ("claims", """{"\ud800":1}""")));
    }

    [Theory]
    [InlineData(7000215, "invalid_client", "client_secret=wrong")]
    [InlineData(7000218, "invalid_client", "client_secret=")]
    [InlineData(900144, "invalid_request", "client_secret=x&grant_type=")]
    [InlineData(70003, "unsupported_grant_type", "client_secret=x&grant_type=password")]
    [InlineData(900144, "invalid_request", "client_secret=x&client_id=")]
    [InlineData(700016, "unauthorized_client", "client_secret=x&client_id=00000000-0000-0000-0000-000000000009")]
    [InlineData(700016, "unauthorized_client", "client_secret=x&client_id=me")]
    [InlineData(900144, "invalid_request", "client_secret=x&scope=")]
    [InlineData(900144, "invalid_request", "client_assertion=x")]
    [InlineData(90100, "invalid_request", "client_assertion=x&client_assertion_type=urn:other")]
    [InlineData(50027, "invalid_request", "client_assertion=x&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer")]
    public Task each_mistake_has_its_number(int code, string error, string changes)
    {
        var form = Form(Scope).ToDictionary(field => field.Item1, field => field.Item2, StringComparer.Ordinal);
        foreach (var (name, values) in QueryHelpers.ParseQuery(changes))
            form[name] = values.ToString();
        return AssertRefusedAsync(code, error, [.. form.Select(field => (field.Key, field.Value))]);
    }

    [Theory]
    [InlineData("https://vault.azure.net", 1002012, "invalid_scope")]
    [InlineData("https://vault.azure.net/user_impersonation", 1002012, "invalid_scope")]
    [InlineData("https://a.example/.default https://b.example/.default", 70011, "invalid_scope")]
    [InlineData("nonsense/.default", 50001, "invalid_resource")]
    [InlineData("api://assigned/.default", 501051, "invalid_grant")]
    public Task a_scope_that_cannot_be_had_is_refused(string scope, int code, string error) =>
        AssertRefusedAsync(code, error, Form(scope, ("client_secret", Secret)));

    [Fact]
    public async Task an_unknown_tenant_and_another_tenants_application_are_told_apart()
    {
        var unknown = await PostAsync(new Uri(Emulator.Authority, $"/{Guid.Empty}/oauth2/v2.0/token"), Form(Scope, ("client_secret", Secret)));
        var other = Emulator.Tenants.Single(tenant => tenant.Name == "fabrikam");
        var foreign = await PostAsync(new Uri(Emulator.AuthorityOf(other), "oauth2/v2.0/token"), Form(Scope, ("client_secret", Secret)));

        Assert.Equal(90002, unknown.Member("error_codes")[0].GetInt32());
        Assert.Equal(700016, foreign.Member("error_codes")[0].GetInt32());
    }

    [Fact]
    public async Task an_error_has_the_numbers_that_support_asks_for()
    {
        var id = Guid.NewGuid();
        var answer = await PostAsync(
            V2, Form(Scope, ("client_secret", "wrong")), ("client-request-id", $"{id}"), ("return-client-request-id", "true"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(
            ["error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id", "error_uri"], answer.Members);
        Assert.StartsWith("AADSTS7000215: ", answer.String("error_description"), StringComparison.Ordinal);
        Assert.Equal($"{id}", answer.String("correlation_id"));
        Assert.Equal($"{id}", answer.Header("client-request-id"));
        Assert.Equal(answer.String("trace_id"), answer.Header("x-ms-request-id"));
        Assert.DoesNotContain("wrong", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await HostCalls.GetAsync(V2)).Status);
    }

    [Theory]
    [InlineData("RS256", "x5t")]
    [InlineData("PS256", "x5t#S256")]
    [InlineData("RS256", "kid")]
    public async Task a_registered_certificate_gets_a_token(string algorithm, string reference)
    {
        var assertion = fixture.Assertion(V2, algorithm, reference);

        foreach (var time in Enumerable.Range(0, 2))
            Assert.Equal((time, HttpStatusCode.OK), (time, (await AssertAsync(assertion)).Status));
        Assert.Equal("2", new DecodedToken((await AssertAsync(assertion)).Token).String("appidacr"));
    }

    [Fact]
    public async Task an_assertion_by_certificate_must_be_right_in_everything()
    {
        using var stranger = RSA.Create(2048);
        await AssertRefusedAsync(700027, fixture.Assertion(V2, key: stranger));
        await AssertRefusedAsync(700027, fixture.Assertion(V2, thumbprint: "AAAA"));
        await AssertRefusedAsync(50027, fixture.Assertion(V2, algorithm: "HS256"));
        await AssertRefusedAsync(700021, fixture.Assertion(V2, claims: claims => claims["sub"] = "me"));
        await AssertRefusedAsync(700023, fixture.Assertion(V2, claims: claims => claims["aud"] = "https://elsewhere.example"));
        await AssertRefusedAsync(700024, fixture.Assertion(V2, claims: claims => claims["exp"] = fixture.Now - 301));
        await AssertRefusedAsync(700024, fixture.Assertion(V2, claims: claims => claims["nbf"] = fixture.Now + 301));
        await AssertRefusedAsync(700024, fixture.Assertion(V2, claims: claims => claims.Remove("exp")));
    }

    [Fact]
    public async Task a_managed_identitys_token_gets_a_token_of_the_application()
    {
        var host = Emulator["vm"];
        var identity = Emulator.Identities.Single(known => known.Name == "orders");
        var proof = await host.GetAsync($"api-version=2018-02-01&resource={Exchange}&client_id={identity.ClientId}", HostCalls.Metadata);

        var answer = await AssertAsync(proof.Token);

        var token = new DecodedToken(answer.Token);
        Assert.Equal(Fixture.AppId.ToString(), token.String("appid"));
        Assert.Equal("2", token.String("appidacr"));
    }

    [Theory]
    [InlineData("iss", 700211)]
    [InlineData("sub", 700213)]
    [InlineData("aud", 700212)]
    public async Task each_mismatch_of_a_federated_credential_has_its_own_number(string claim, int code)
    {
        var change = new TokenChange { Claims = new Dictionary<string, JsonNode?> { [claim] = "https://elsewhere.example" } };

        await AssertRefusedAsync(code, await Emulator.IssueTokenAsync("orders", Exchange, change, Ct));
    }

    [Fact]
    public async Task a_token_for_another_resource_or_of_another_identity_is_no_credential()
    {
        await AssertRefusedAsync(700212, await Emulator.IssueTokenAsync("orders", HostCalls.Vault, ct: Ct));
        await AssertRefusedAsync(700213, await Emulator.IssueTokenAsync("billing", Exchange, ct: Ct));
    }

    [Theory]
    [InlineData(TokenFlaw.Tampered, 50013)]
    [InlineData(TokenFlaw.UnknownKey, 50013)]
    [InlineData(TokenFlaw.AlgorithmNone, 50013)]
    [InlineData(TokenFlaw.SymmetricAlgorithm, 50013)]
    [InlineData(TokenFlaw.Expired, 700024)]
    [InlineData(TokenFlaw.NotYetValid, 700024)]
    [InlineData(TokenFlaw.NotAToken, 50027)]
    public async Task a_bad_token_is_no_credential(TokenFlaw flaw, int code) =>
        await AssertRefusedAsync(code, await Emulator.IssueTokenAsync("orders", Exchange, new TokenChange { Flaw = flaw }, Ct));

    [Fact]
    public async Task an_issuer_that_is_not_here_is_not_asked_for_its_keys()
    {
        var change = new TokenChange
        {
            Claims = new Dictionary<string, JsonNode?> { ["iss"] = "https://cluster.example/", ["sub"] = "system:serviceaccount:a:b" },
        };

        await AssertRefusedAsync(90061, await Emulator.IssueTokenAsync("orders", Exchange, change, Ct));
    }

    [Fact]
    public async Task an_application_without_federated_credentials_takes_nobodys_token()
    {
        var token = await Emulator.IssueTokenAsync("orders", Exchange, ct: Ct);

        var form = Form(Scope, ("client_assertion", token), ("client_assertion_type", ClientAssertionType));
        await AssertRefusedAsync(70021, "invalid_client", [.. form.Select(field => field.Item1 == "client_id" ? ("client_id", $"{Fixture.PlainAppId}") : field)]);
    }

    [Theory]
    [InlineData("FederatedCredentials[both]")]
    [InlineData("Certificates[0]")]
    [InlineData("Secrets")]
    public async Task a_credential_that_cannot_be_used_is_named(string option)
    {
        var application = new ApplicationDescription { Name = "app" };
        var options = new EmulatorOptions
        {
            Applications =
            [
                option switch
                {
                    "Secrets" => application with { Secrets = [""] },
                    "Certificates[0]" => application with { Certificates = ["no certificate"] },
                    _ => application with
                    {
                        FederatedCredentials = [new FederatedCredentialDescription { Name = "both", Identity = "orders", Subject = "x" }],
                    },
                },
            ],
        };

        var exception = await Assert.ThrowsAsync<EmulatorException>(() => ManagedIdentityEmulator.StartAsync(options, Ct));

        Assert.StartsWith($"EmulatorOptions.Applications[app].{option}", exception.Message, StringComparison.Ordinal);
    }

    private const string ClientAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static (string, string)[] Form(string scope, params (string, string)[] credentials) =>
        [("grant_type", "client_credentials"), ("client_id", $"{Fixture.AppId}"), ("scope", scope), .. credentials];

    private static Task<Answer> PostAsync(Uri address, (string Name, string Value)[] form, params (string, string)[] headers) => HostCalls.SendAsync(
        HttpMethod.Post,
        address,
        new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        headers);

    private Task<Answer> AskAsync(params (string, string)[] credentials) => PostAsync(V2, Form(Scope, credentials));

    private Task<Answer> AskAsync(string scope, params (string, string)[] credentials) => PostAsync(V2, Form(scope, credentials));

    private Task<Answer> AssertAsync(string assertion) =>
        AskAsync(("client_assertion", assertion), ("client_assertion_type", ClientAssertionType));

    private Task AssertRefusedAsync(int code, string assertion) => AssertRefusedAsync(
        code,
        code == 50027 ? "invalid_request" : code == 90061 ? "invalid_request" : "invalid_client",
        Form(Scope, ("client_assertion", assertion), ("client_assertion_type", ClientAssertionType)));

    private async Task AssertRefusedAsync(int code, string error, (string, string)[] form)
    {
        var answer = await PostAsync(V2, form);
        Assert.Equal((code, error), (answer.Member("error_codes")[0].GetInt32(), answer.String("error")));
        Assert.Equal(error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest, answer.Status);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly FakeClock _clock = new();
        private readonly RSA _key = RSA.Create(2048);
        private readonly X509Certificate2 _certificate;
        private ManagedIdentityEmulator? _emulator;

        public Fixture() => _certificate = Jwt.CreateCertificate(_key);

        public static Guid AppId { get; } = new("a1b2c3d4-0000-4000-8000-000000000001");

        public static Guid PlainAppId { get; } = new("a1b2c3d4-0000-4000-8000-000000000002");

        public ManagedIdentityEmulator Emulator => _emulator!;

        public long Now => _clock.Now.ToUnixTimeSeconds();

        public string Assertion(
            Uri audience,
            string algorithm = "RS256",
            string reference = "x5t",
            RSA? key = null,
            string? thumbprint = null,
            Action<JsonObject>? claims = null)
        {
            var name = thumbprint ?? reference switch
            {
                "kid" => _certificate.Thumbprint,
                "x5t" => WebEncoders.Base64UrlEncode(_certificate.GetCertHash()),
                _ => WebEncoders.Base64UrlEncode(_certificate.GetCertHash(HashAlgorithmName.SHA256)),
            };
            var payload = new JsonObject
            {
                ["iss"] = $"{AppId}",
                ["sub"] = $"{AppId}",
                ["aud"] = audience.AbsoluteUri,
                ["jti"] = $"{Guid.NewGuid()}",
                ["nbf"] = Now,
                ["exp"] = Now + 600,
            };
            claims?.Invoke(payload);
            return Jwt.Sign(
                new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", [reference] = name },
                payload,
                key ?? _key,
                algorithm == "PS256" ? RSASignaturePadding.Pss : null);
        }

        public async ValueTask InitializeAsync()
        {
            _emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions
            {
                Hosts = [new HostDescription { Name = "vm", Kind = HostKind.VirtualMachine }],
                Tenants = [new TenantDescription { Name = "contoso" }, new TenantDescription { Name = "fabrikam" }],
                TimeProvider = _clock,
                Resources =
                [
                    new ResourceDescription { Identifiers = ["api://v2"], TokenVersion = 2 },
                    new ResourceDescription { Identifiers = ["api://assigned"], AssignmentRequired = true },
                ],
                Applications =
                [
                    new ApplicationDescription
                    {
                        Name = "shop",
                        ClientId = AppId,
                        Secrets = ["older", Secret],
                        Certificates = [_certificate.ExportCertificatePem()],
                        Roles = new Dictionary<string, IReadOnlyList<string>> { ["https://vault.azure.net"] = ["Vault.Admin"] },
                        FederatedCredentials =
                        [
                            new FederatedCredentialDescription { Name = "orders", Identity = "orders" },
                            new FederatedCredentialDescription
                            {
                                Name = "cluster", Issuer = "https://cluster.example/", Subject = "system:serviceaccount:a:b",
                            },
                        ],
                    },
                    new ApplicationDescription { Name = "plain", ClientId = PlainAppId },
                ],
            });
        }

        public ValueTask DisposeAsync()
        {
            _certificate.Dispose();
            _key.Dispose();
            return Emulator.DisposeAsync();
        }
    }
}
