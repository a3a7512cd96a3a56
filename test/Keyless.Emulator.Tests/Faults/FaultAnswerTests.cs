using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>What each fault of an answer puts on the wire.</summary>
public sealed class FaultAnswerTests(FaultyEmulator faulty) : IClassFixture<FaultyEmulator>, IDisposable
{
    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    private FakeClock Clock => faulty.Clock;

    private ManagedIdentityEmulator Emulator => faulty.Emulator;

    private EmulatedHost Vm => Emulator[SourceKind.Imds];

    private Uri Discovery => new(Emulator.Authority, ".well-known/openid-configuration");

    public void Dispose() => faulty.Clear();

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task a_refusal_speaks_the_hosts_dialect(SourceKind source)
    {
        var host = Emulator[source];
        host.Faults.Enqueue(Fault.TooManyRequests(TimeSpan.FromSeconds(1.5)));

        var answer = await AskAsync(host);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("2", answer.Header("Retry-After"));
        var text = answer.String(source switch
        {
            SourceKind.Imds or SourceKind.AzureArc => "error_description",
            SourceKind.AppService or SourceKind.MachineLearning => "message",
            _ => "error.message",
        });
        Assert.Equal("Too many requests. Try again later.", text);
        Assert.Equal("status", host.Journal.Entries[^1].Fault);
    }

    [Fact]
    public async Task retry_after_has_every_form()
    {
        Vm.Faults.Enqueue(Fault.Status(429, retryAfter: RetryAfter.Date(TimeSpan.FromMinutes(-2))));
        Vm.Faults.Enqueue(Fault.Status(429, retryAfter: RetryAfter.Text("soon")));
        Vm.Faults.Enqueue(Fault.Status(429, retryAfter: RetryAfter.Text("99999999999999999999")));

        Assert.Equal(Clock.Now.AddMinutes(-2).ToString("R", CultureInfo.InvariantCulture), Raw(await AskAsync(Vm), "Retry-After"));
        Assert.Equal("soon", Raw(await AskAsync(Vm), "Retry-After"));
        Assert.Equal("99999999999999999999", Raw(await AskAsync(Vm), "Retry-After"));
    }

    [Theory]
    [InlineData(FaultBody.Json, "application/json; charset=utf-8", "{\"message\":\"Down & out.\"}")]
    [InlineData(FaultBody.Text, "text/plain; charset=utf-8", "Down & out.")]
    [InlineData(FaultBody.Html, "text/html; charset=utf-8", "<!DOCTYPE html>")]
    [InlineData(FaultBody.Empty, null, "")]
    public async Task an_error_has_the_body_that_was_asked_for(FaultBody body, string? type, string start)
    {
        Vm.Faults.Enqueue(Fault.Status(502, "Down & out.", body: body, server: "nginx"));

        var answer = await AskAsync(Vm);

        Assert.Equal(HttpStatusCode.BadGateway, answer.Status);
        Assert.Equal(type, answer.ContentType);
        Assert.StartsWith(start, answer.Text, StringComparison.Ordinal);
        Assert.Equal("nginx", answer.Header("Server"));
    }

    [Theory]
    [InlineData(SourceKind.Imds, RefusalReason.IdentityNotFound, 400)]
    [InlineData(SourceKind.ServiceFabric, RefusalReason.IdentityNotFound, 404)]
    [InlineData(SourceKind.Imds, RefusalReason.MultipleIdentities, 400)]
    [InlineData(SourceKind.AppService, RefusalReason.BadResource, 400)]
    [InlineData(SourceKind.MachineLearning, RefusalReason.BadVersion, 400)]
    [InlineData(SourceKind.CloudShell, RefusalReason.HeaderMissing, 400)]
    [InlineData(SourceKind.AppService, RefusalReason.WrongSecret, 401)]
    [InlineData(SourceKind.Imds, RefusalReason.Blocked, 403)]
    public async Task a_reason_has_its_status(SourceKind source, RefusalReason reason, int status)
    {
        Emulator[source].Faults.Enqueue(Fault.Refusal(reason));

        Assert.Equal(status, (int)(await AskAsync(Emulator[source])).Status);
    }

    [Fact]
    public async Task who_names_an_identity_is_not_told_that_there_are_several()
    {
        Vm.Faults.Apply("two-identities");
        var id = Emulator.Identities.Single(identity => identity.Name == "orders").ClientId;

        Assert.Contains("Multiple user assigned identities", (await AskAsync(Vm)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await AskAsync(Vm, $"&client_id={id}")).Status);
    }

    [Theory]
    [InlineData(BodyFlaw.Truncated, false)]
    [InlineData(BodyFlaw.TrailingText, false)]
    [InlineData(BodyFlaw.Array, true)]
    [InlineData(BodyFlaw.ByteOrderMark, true)]
    [InlineData(BodyFlaw.DuplicateMembers, true)]
    [InlineData(BodyFlaw.Utf16, false)]
    [InlineData(BodyFlaw.DeepNesting, false)]
    [InlineData(BodyFlaw.Huge, true)]
    public async Task a_body_is_spoilt_as_it_says(BodyFlaw flaw, bool isJson)
    {
        Vm.Faults.Enqueue(Fault.Body(flaw));

        var answer = await AskAsync(Vm);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(isJson, TryParse(answer.Text) is not null);
        switch (flaw)
        {
            case BodyFlaw.Array:
                Assert.Equal(JsonValueKind.Array, answer.Json.ValueKind);
                break;
            case BodyFlaw.DuplicateMembers:
                Assert.Equal(2, answer.Members.Count(name => name == "access_token"));
                break;
            case BodyFlaw.Huge:
                Assert.Equal(10 * 1024 * 1024, answer.String("padding").Length);
                break;
            case BodyFlaw.DeepNesting:
                Assert.Contains(new string('[', 10_000), answer.Text, StringComparison.Ordinal);
                break;
        }
    }

    [Theory]
    [InlineData(ContentFlaw.Portal, "text/html; charset=utf-8")]
    [InlineData(ContentFlaw.PlainText, "text/plain; charset=utf-8")]
    [InlineData(ContentFlaw.None, null)]
    [InlineData(ContentFlaw.FalseGzip, "application/json; charset=utf-8")]
    public async Task a_content_type_is_wrong_as_it_says(ContentFlaw flaw, string? type)
    {
        Vm.Faults.Enqueue(Fault.ContentType(flaw));

        var answer = await AskAsync(Vm);

        Assert.Equal(type, answer.ContentType);
        Assert.Equal(flaw != ContentFlaw.Portal, TryParse(answer.Text) is not null);
    }

    [Theory]
    [InlineData(FieldFlaw.MissingToken, "access_token", null)]
    [InlineData(FieldFlaw.EmptyToken, "access_token", "\"\"")]
    [InlineData(FieldFlaw.MissingExpiry, "expires_on", null)]
    [InlineData(FieldFlaw.NegativeExpiry, "expires_on", "\"-1\"")]
    [InlineData(FieldFlaw.HugeExpiry, "expires_on", "\"99999999999999999999\"")]
    [InlineData(FieldFlaw.MissingTokenType, "token_type", null)]
    [InlineData(FieldFlaw.PopTokenType, "token_type", "\"pop\"")]
    public async Task a_field_is_wrong_as_it_says(FieldFlaw flaw, string member, string? raw)
    {
        Vm.Faults.Enqueue(Fault.Field(flaw));

        var answer = await AskAsync(Vm);

        Assert.Equal(raw, answer.Json.TryGetProperty(member, out var value) ? value.GetRawText() : null);
        if (member == "expires_on")
            Assert.DoesNotContain("expires_in", answer.Members);
    }

    [Fact]
    public async Task an_expiry_has_every_form_and_order()
    {
        foreach (var flaw in new[] { FieldFlaw.ExpiryAsNumber, FieldFlaw.ExpiryAsText, FieldFlaw.ExpiryAsDate, FieldFlaw.PastExpiry, FieldFlaw.ExpiresInFirst, FieldFlaw.ExpiresInLast })
            Vm.Faults.Enqueue(Fault.Field(flaw));
        var expiry = Clock.Now.AddHours(24).ToUnixTimeSeconds();

        Assert.Equal(expiry, (await AskAsync(Vm)).Member("expires_on").GetInt64());
        Assert.Equal($"{expiry}", (await AskAsync(Vm)).String("expires_on"));
        Assert.Equal(expiry, DateTimeOffset.Parse((await AskAsync(Vm)).String("expires_on"), CultureInfo.InvariantCulture).ToUnixTimeSeconds());
        Assert.Equal($"{Clock.Now.AddHours(-1).ToUnixTimeSeconds()}", (await AskAsync(Vm)).String("expires_on"));
        Assert.Equal(["expires_in", "expires_on"], (await AskAsync(Vm)).Members[^2..]);
        Assert.Equal(["expires_on", "expires_in"], (await AskAsync(Vm)).Members[^2..]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(240)]
    public async Task a_token_lives_as_long_as_it_says_and_is_not_kept(int seconds)
    {
        Vm.Faults.Enqueue(Fault.TokenLifetime(TimeSpan.FromSeconds(seconds)));

        var short_ = await AskAsync(Vm);
        var usual = await AskAsync(Vm);

        Assert.Equal(Whole(Clock.Now).AddSeconds(seconds), new DecodedToken(short_.Token).Time("exp"));
        Assert.Equal(Whole(Clock.Now).AddHours(24), new DecodedToken(usual.Token).Time("exp"));
    }

    [Fact]
    public async Task a_wrong_token_is_another_ones()
    {
        Vm.Faults.Enqueue(Fault.WrongIdentity("billing"));
        Vm.Faults.Enqueue(Fault.WrongAudience("api://other"));
        Vm.Faults.Enqueue(Fault.WrongTenant());
        var billing = Emulator.Identities.Single(identity => identity.Name == "billing");

        Assert.Equal(billing.ObjectId.ToString(), new DecodedToken((await AskAsync(Vm)).Token).String("oid"));
        Assert.Equal("api://other", new DecodedToken((await AskAsync(Vm)).Token).String("aud"));
        Assert.NotEqual(Emulator.TenantId.ToString(), new DecodedToken((await AskAsync(Vm)).Token).String("tid"));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task a_wrong_clock_shows_in_the_date_and_in_the_token(int minutes)
    {
        var skew = TimeSpan.FromMinutes(minutes);
        Vm.Faults.Enqueue(Fault.ClockSkew(skew));

        var answer = await AskAsync(Vm);

        Assert.Equal((Clock.Now + skew).ToString("R", CultureInfo.InvariantCulture), Raw(answer, "Date"));
        Assert.Equal((Whole(Clock.Now) + skew).AddHours(24), new DecodedToken(answer.Token).Time("exp"));
        Assert.Equal($"{(Whole(Clock.Now) + skew).AddHours(24).ToUnixTimeSeconds()}", answer.String("expires_on"));
        Assert.InRange(int.Parse(answer.String("expires_in"), CultureInfo.InvariantCulture), (24 * 3600) - 2, 24 * 3600);
    }

    [Fact]
    public async Task a_redirect_leads_to_itself_or_to_this_machine_and_nowhere_else()
    {
        var host = Emulator[SourceKind.ServiceFabric];
        host.Faults.Enqueue(Fault.Redirect());
        host.Faults.Enqueue(Fault.RedirectToHttp(301));
        host.Faults.Enqueue(Fault.Redirect(new Uri("http://localhost:9/other"), 307));

        Assert.Equal(host.Endpoint.AbsoluteUri, (await AskAsync(host)).Header("Location"));
        Assert.Equal(host.Endpoint.AbsoluteUri.Replace("https", "http", StringComparison.Ordinal), (await AskAsync(host)).Header("Location"));
        var other = await AskAsync(host);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, "http://localhost:9/other"), (other.Status, other.Header("Location")));
        Assert.Throws<ArgumentException>(() => Fault.Redirect(new Uri("http://169.254.169.254/")));
    }

    [Fact]
    public async Task a_challenge_of_arc_is_wrong_as_it_says_and_leaves_nothing_behind()
    {
        using var directories = new TemporaryDirectory();
        var directory = Path.Combine(directories.Path, "keys");
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.AzureArc], ArcKeyDirectory = directory }, TestContext.Current.CancellationToken);
        var server = emulator[SourceKind.AzureArc];
        foreach (var flaw in Enum.GetValues<ArcFlaw>())
        {
            server.Faults.Enqueue(Fault.ArcChallenge(flaw));
            var answer = await server.ChallengeAsync();
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            if (flaw == ArcFlaw.NoHeader)
            {
                Assert.False(answer.Headers.Contains("WWW-Authenticate"));
                continue;
            }

            var header = Raw(answer, "WWW-Authenticate");
            var path = header[(header.IndexOf('=', StringComparison.Ordinal) + 1)..];
            var file = new FileInfo(path);
            Assert.True(flaw switch
            {
                ArcFlaw.SeveralEquals => header.EndsWith("==", StringComparison.Ordinal),
                ArcFlaw.WrongScheme => header.StartsWith("Bearer ", StringComparison.Ordinal) && file.Exists,
                ArcFlaw.OutsideDirectory => file.DirectoryName != directory && !file.Exists,
                ArcFlaw.WrongExtension => path.EndsWith(".txt", StringComparison.Ordinal) && !file.Exists,
                ArcFlaw.Symlink => Path.GetDirectoryName(file.LinkTarget) == directory,
                ArcFlaw.TooLarge => file.Length > 4096,
                ArcFlaw.Unreadable => OperatingSystem.IsWindows() || file.UnixFileMode == UnixFileMode.None,
                ArcFlaw.Empty => file.Length == 0,
                _ => !file.Exists,
            });
        }

        Assert.All(directories.Files, file => Assert.Equal(directory, Path.GetDirectoryName(file)));
        await emulator.DisposeAsync();
        Assert.Empty(directories.Files);
    }

    [Theory]
    [InlineData(KeysFlaw.Empty)]
    [InlineData(KeysFlaw.OtherKeys)]
    [InlineData(KeysFlaw.DuplicateKeyId)]
    public async Task a_key_set_is_wrong_as_it_says(KeysFlaw flaw)
    {
        var address = new Uri((await HostCalls.GetAsync(Discovery)).String("jwks_uri"));
        var good = (await HostCalls.GetAsync(address)).Json.GetProperty("keys").EnumerateArray().Single();
        Emulator.Faults.Enqueue(Fault.Keys(flaw));
        Assert.Equal(200, (int)(await HostCalls.GetAsync(Discovery)).Status);

        var keys = (await HostCalls.GetAsync(address)).Json.GetProperty("keys").EnumerateArray().ToArray();

        Assert.Equal(flaw switch { KeysFlaw.Empty => 0, KeysFlaw.OtherKeys => 1, _ => 2 }, keys.Length);
        Assert.Equal(flaw == KeysFlaw.DuplicateKeyId ? 2 : 0, keys.Count(key => Kid(key) == Kid(good)));
        Assert.Equal(flaw == KeysFlaw.DuplicateKeyId ? 1 : 0, keys.Count(key => key.GetProperty("n").GetString() == good.GetProperty("n").GetString()));
    }

    [Fact]
    public async Task a_discovery_document_is_wrong_as_it_says()
    {
        var issuer = (await HostCalls.GetAsync(Discovery)).String("issuer");
        foreach (var flaw in Enum.GetValues<DiscoveryFlaw>())
            Emulator.Faults.Enqueue(Fault.Discovery(flaw));

        Assert.Equal("https://issuer.example/", (await HostCalls.GetAsync(Discovery)).String("issuer"));
        Assert.Equal(issuer.TrimEnd('/'), (await HostCalls.GetAsync(Discovery)).String("issuer"));
        Assert.StartsWith("http://", (await HostCalls.GetAsync(Discovery)).String("jwks_uri"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_error_of_entra_has_its_number_and_ids()
    {
        Vm.Faults.Enqueue(Fault.EntraError(90033, retryAfter: RetryAfter.Seconds(TimeSpan.FromSeconds(3))));

        var answer = await AskAsync(Vm);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.StartsWith("AADSTS90033: ", answer.String("error_description"), StringComparison.Ordinal);
        Assert.Equal(90033, answer.Member("error_codes")[0].GetInt32());
        Assert.True(Guid.TryParse(answer.String("trace_id"), out _) && Guid.TryParse(answer.String("correlation_id"), out _));
        Assert.Equal("3", answer.Header("Retry-After"));
        Assert.DoesNotContain("claims", answer.Members);
    }

    [Fact]
    public async Task an_error_of_entra_may_challenge_for_claims()
    {
        const string Claims = """{"access_token":{"acrs":{"essential":true,"value":"c1"}}}""";
        Emulator.Faults.Enqueue(Fault.EntraError(50076, "You must use another way to prove who you are.", claims: Claims));

        var answer = await HostCalls.GetAsync(Discovery);

        Assert.Equal("invalid_grant", answer.String("error"));
        Assert.Equal(Claims, answer.String("claims"));
    }

    [Fact]
    public async Task a_request_may_ask_for_its_own_fault_where_that_is_allowed()
    {
        const string Header = "X-Keyless-Fault";
        Assert.Equal(418, (int)(await AskAsync(Vm, headers: (Header, """{"kind": "status", "status": 418}"""))).Status);
        Assert.Equal(302, (int)(await AskAsync(Vm, headers: (Header, "redirect"))).Status);
        var wrong = await AskAsync(Vm, headers: (Header, "stauts"));
        Assert.Equal(400, (int)wrong.Status);
        Assert.Contains("Give one of status", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(400, (int)(await AskAsync(Vm, headers: (Header, "{"))).Status);

        await using var strict = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds] }, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)(await AskAsync(strict[SourceKind.Imds], headers: (Header, "redirect"))).Status);
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static string Kid(JsonElement key) => key.GetProperty("kid").GetString()!;

    private static string Raw(Answer answer, string name) => answer.Headers.NonValidated[name].ToString();

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<Answer> AskAsync(EmulatedHost host, string more = "", params (string Name, string Value)[] headers)
    {
        var version = host.Source switch
        {
            SourceKind.AppService => "2019-08-01",
            SourceKind.MachineLearning => "2017-09-01",
            _ => "2020-06-01",
        };
        if (host.Source == SourceKind.ServiceFabric)
            version = "2020-05-01";
        (string, string)[] all = host.Source is SourceKind.Imds or SourceKind.AzureArc or SourceKind.CloudShell
            ? [HostCalls.Metadata, .. headers]
            : [HostCalls.SecretOf(host), .. headers];
        return await host.GetAsync($"api-version={version}&resource={HostCalls.Vault}{more}", all);
    }
}
