using System.Text.Json;
using System.Text.RegularExpressions;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Passthrough;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests.Dashboard;

/// <summary>The emulator's dashboard in a real browser.</summary>
public sealed partial class DashboardTests(Browser browser) : IClassFixture<Browser>
{
    private const string Key = "a-key-of-24-characters-!";
    private const string Live = "document.getElementById('connection').className === 'connection live'";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private static readonly (string Name, string Title)[] Pages =
    [
        ("overview", "Overview"), ("journal", "Live journal"), ("hosts", "Hosts"), ("identities", "Identities & roles"),
        ("resources", "Resources"), ("faults", "Faults & scenarios"), ("keys", "Keys"), ("tokens", "Tokens"), ("connect", "Connect"),
        ("settings", "Settings"), ("docs", "Docs"),
    ];

    [Fact]
    public async Task no_page_asks_anybody_but_the_admin_api_or_breaks_its_policy_whatever_strangers_send()
    {
        await using var emulator = await StartAsync();
        await SendAsync(emulator, "https://vault.azure.net");
        await SendAsync(emulator, "<img src=http://attacker.example/x onerror=alert(1)>");
        await Http.GetAsync(new Uri(emulator[SourceKind.AppService].Endpoint, "/<script>alert(1)</script>"), TestContext.Current.CancellationToken);
        emulator.Faults.Enqueue(Emulator.Faults.Fault.Status(503));
        emulator.Faults.Apply("flaky-10pct");

        await browser.OpenAsync(UiOf(emulator));
        await browser.UntilAsync(Live);
        foreach (var (name, title) in Pages)
            await ShowAsync(name, title);
        await browser.EvaluateAsync("location.hash = '#/journal/2'");
        await browser.UntilAsync(".detail", "Why");
        await browser.UntilAsync(".detail", "attacker.example");
        var (requests, messages, violations) = await browser.SeenAsync();

        Assert.Empty(messages);
        Assert.Empty(violations);
        Assert.Equal(0, (await browser.EvaluateAsync("document.querySelectorAll('main img, main script').length")).GetInt32());
        var own = emulator.AdminAddress!.AbsoluteUri;
        Assert.All(requests, request => Assert.StartsWith($"GET {own}", request, StringComparison.Ordinal));
        var known = await KnownPathsAsync(emulator);
        Assert.All(
            requests.Select(request => $"/{request[$"GET {own}".Length..]}").Where(path => !path.StartsWith("/ui/", StringComparison.Ordinal)),
            path => Assert.Contains(known, form => form.IsMatch(path.Split('?')[0])));
    }

    [Fact]
    public async Task a_request_appears_in_the_live_journal_and_its_answer_is_explained()
    {
        await using var emulator = await StartAsync();
        await browser.OpenAsync(new Uri(UiOf(emulator), "#/journal"));
        await browser.UntilAsync(Live);
        await browser.UntilAsync("main", "No requests yet");
        emulator[SourceKind.Imds].Faults.Enqueue(Emulator.Faults.Fault.Status(503));

        await SendAsync(emulator, "https://vault.azure.net");
        await browser.UntilAsync("main tbody", "https://vault.azure.net");
        await browser.ClickAsync("main tbody a");

        await browser.UntilAsync(".why", "The fault status fired");
        await SendAsync(emulator, "https://storage.azure.com");
        await browser.UntilAsync("main tbody", "https://storage.azure.com");
        await browser.ClickAsync("main tbody a");
        await browser.UntilAsync(".why", "A token was handed out for https://storage.azure.com");
        await browser.UntilAsync(".detail table", emulator[SourceKind.Imds].AssignedIdentities[0].ObjectId.ToString());
        var text = await browser.TextAsync("body");
        Assert.DoesNotContain("eyJ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[object", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_preset_lets_the_next_request_fail_and_goes_as_it_came()
    {
        await using var emulator = await StartAsync();
        await browser.OpenAsync(new Uri(UiOf(emulator), "#/faults"));

        await browser.ClickAsync("[data-key=region-outage]");
        await browser.UntilAsync("document.querySelector('[data-key=region-outage]').getAttribute('aria-pressed') === 'true'");
        var failed = await SendAsync(emulator, "https://vault.azure.net");
        await browser.UntilAsync("main table", "region-outage");
        await browser.ClickAsync("[data-key='Clear all']");
        await browser.UntilAsync("main", "Nothing goes wrong");
        var healed = await SendAsync(emulator, "https://vault.azure.net");

        Assert.Equal((503, 200), (failed, healed));
        Assert.Equal("false", (await browser.EvaluateAsync("document.querySelector('[data-key=region-outage]').getAttribute('aria-pressed')")).GetString());
    }

    [Fact]
    public async Task a_rotation_shows_the_new_key()
    {
        await using var emulator = await StartAsync();
        var before = await ActiveKeyAsync(emulator);
        await browser.OpenAsync(new Uri(UiOf(emulator), "#/keys"));
        await browser.UntilAsync("main table", before);

        await browser.ClickAsync("main .primary");
        await browser.UntilAsync("main table", "retiring");

        var after = await ActiveKeyAsync(emulator);
        Assert.NotEqual(before, after);
        await browser.UntilAsync("main table", after);
        Assert.Contains("active", await browser.TextAsync("main tbody tr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_asks_for_the_key_once_and_keeps_it_in_the_tab_alone()
    {
        await using var emulator = await StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], AdminPort = 0, AdminKey = Key });
        await browser.OpenAsync(UiOf(emulator));
        await browser.UntilAsync("document.getElementById('key-dialog').open");
        Assert.DoesNotContain(emulator.TenantId.ToString(), await browser.TextAsync("body"), StringComparison.Ordinal);

        await browser.TypeAsync("#key", "another-key-of-enough-characters");
        await browser.PressAsync("Enter");
        await browser.UntilAsync("#key-error", "That is not its key.");
        await browser.TypeAsync("#key", Key);
        await browser.PressAsync("Enter");
        await browser.UntilAsync(Live);
        await browser.UntilAsync("main", emulator.TenantId.ToString());
        await browser.ReloadAsync();
        await browser.UntilAsync(Live);

        Assert.False((await browser.EvaluateAsync("document.getElementById('key-dialog').open")).GetBoolean());
        Assert.DoesNotContain(Key, (await browser.EvaluateAsync("JSON.stringify(localStorage) + document.cookie + location.href")).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_survives_a_restart_and_says_so_meanwhile()
    {
        var first = await StartAsync();
        var address = first.AdminAddress!;
        await SendAsync(first, "https://vault.azure.net");
        await browser.OpenAsync(new Uri(UiOf(first), "#/journal"));
        await browser.UntilAsync("main tbody", "https://vault.azure.net");

        await first.DisposeAsync();
        await browser.UntilAsync("#connection", "Connection lost");
        await using var second = await StartAsync(new EmulatorOptions { AdminPort = address.Port });

        await browser.UntilAsync(Live);
        await browser.UntilAsync("main", "No requests yet");
        await SendAsync(second, "https://storage.azure.com");
        await browser.UntilAsync("main tbody", "https://storage.azure.com");
    }

    [Fact]
    public async Task the_banner_tells_emulated_tokens_from_real_ones()
    {
        await using var emulated = await StartAsync();
        await browser.OpenAsync(UiOf(emulated));
        await browser.UntilAsync(Live);
        Assert.Equal("Emulator. Tokens are worthless in Azure.", await browser.TextAsync("#banner-text"));

        await using var real = await StartAsync(new EmulatorOptions
        {
            AdminPort = 0,
            Passthrough = new PassthroughOptions { Command = PassthroughCommand.Az, Resources = ["https://vault.azure.net"] },
        });
        await browser.OpenAsync(UiOf(real));
        await browser.UntilAsync("#banner.real", "some of these tokens are real");
    }

    [Fact]
    public async Task every_link_of_the_menu_works_by_the_keyboard()
    {
        await using var emulator = await StartAsync();
        foreach (var (name, title) in Pages)
        {
            await browser.OpenAsync(new Uri(UiOf(emulator), name == "overview" ? "#/docs" : "#/overview"));
            await browser.UntilAsync(Live);
            for (var tabs = 0; !(await browser.EvaluateAsync($"document.activeElement.matches('nav a[href=\"#/{name}\"]')")).GetBoolean(); tabs++)
            {
                Assert.True(tabs < 30, $"Tab does not lead to {title}.");
                await browser.PressAsync("Tab");
            }

            await browser.PressAsync("Enter");
            await browser.UntilAsync("h1", title);
            await browser.UntilAsync("document.activeElement.id === 'main'");
            await browser.UntilAsync("nav a[aria-current]", title);
        }
    }

    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    public async Task no_page_hinders_who_uses_it_otherwise_or_on_a_phone(string scheme, int width)
    {
        await using var emulator = await StartAsync();
        await SendAsync(emulator, "https://vault.azure.net");
        emulator.Faults.Apply("throttled");
        await SendAsync(emulator, "https://vault.azure.net");

        await browser.OpenAsync(UiOf(emulator), scheme, width);
        await browser.UntilAsync(Live);
        foreach (var (name, title) in Pages.Append(("journal/1", "Live journal")))
        {
            await ShowAsync(name, title);
            await browser.UntilAsync("document.querySelector('main').innerText.length > 200");
            if (name == "journal/1")
                await browser.UntilAsync(".detail", "Why");
            Assert.Empty(await browser.HindrancesAsync());
            Assert.True((await browser.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth")).GetBoolean(), $"{title} is too wide.");
        }
    }

    [Fact]
    public async Task the_check_for_hindrances_finds_them()
    {
        await using var emulator = await StartAsync();
        await browser.OpenAsync(UiOf(emulator));
        await browser.UntilAsync(Live);
        await browser.EvaluateAsync("document.querySelector('main').append(document.createElement('input'))");

        Assert.Contains(await browser.HindrancesAsync(), hindrance => hindrance.StartsWith("label:", StringComparison.Ordinal));
    }

    private static async Task<string> ActiveKeyAsync(ManagedIdentityEmulator emulator) =>
        (await emulator.Keys.ListAsync(TestContext.Current.CancellationToken)).Single(key => key.State == KeyState.Active).Id;

    private static Uri UiOf(ManagedIdentityEmulator emulator) => new(emulator.AdminAddress!, "ui/");

    private static Task<ManagedIdentityEmulator> StartAsync(EmulatorOptions? options = null) => ManagedIdentityEmulator.StartAsync(
        options ?? new EmulatorOptions { AdminPort = 0, Resources = [new() { Identifiers = ["api://orders"] }] }, TestContext.Current.CancellationToken);

    private static async Task<int> SendAsync(ManagedIdentityEmulator emulator, string resource)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{emulator[SourceKind.Imds].Endpoint}?api-version=2018-02-01&resource={Uri.EscapeDataString(resource)}");
        request.Headers.Add("Metadata", "true");
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static async Task<Regex[]> KnownPathsAsync(ManagedIdentityEmulator emulator)
    {
        using var document = JsonDocument.Parse(
            await Http.GetStringAsync(new Uri(emulator.AdminAddress!, "openapi.json"), TestContext.Current.CancellationToken));
        return
        [
            .. document.RootElement.GetProperty("paths").EnumerateObject()
                .Select(path => new Regex($"^{Field().Replace(path.Name, "[^/]+")}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))),
        ];
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();

    private async Task ShowAsync(string name, string title)
    {
        await browser.EvaluateAsync($"location.hash = '#/{name}'");
        await browser.UntilAsync("h1", title);
    }
}
