using System.Net;
using System.Text.RegularExpressions;
using Keyless.Emulator.Dashboard;
using Keyless.Emulator.Tests.Admin;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Dashboard;

public sealed partial class DashboardPagesTests
{
    // The native program carries them.
    private const int MostBytes = 80 * 1024;

    [Fact]
    public async Task every_file_is_served_without_a_key_by_its_type_and_with_a_policy_of_its_own()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], AdminKey = AdminCalls.Key });

        foreach (var name in DashboardPages.Names.Append(""))
        {
            var answer = await emulator.AdminAsync($"/ui/{name}");

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(
                Path.GetExtension(name) switch { ".js" => "text/javascript", ".css" => "text/css", ".svg" => "image/svg+xml", _ => "text/html" },
                answer.ContentType!.Split(';')[0]);
            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'",
                answer.Header("Content-Security-Policy"));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
        }
    }

    [Fact]
    public async Task data_takes_the_key_and_the_pages_hold_none()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], AdminKey = AdminCalls.Key });

        foreach (var path in new[] { "/", "/hosts", "/config", "/resources", "/journal/stream" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await emulator.AdminAsync(path)).Status);
        foreach (var name in DashboardPages.Names)
        {
            var text = (await emulator.AdminAsync($"/ui/{name}")).Text;
            Assert.DoesNotContain(AdminCalls.Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(emulator.TenantId.ToString(), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task a_browser_is_led_from_the_root_to_them_and_a_program_is_not()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var browser = await emulator.AdminAsync("/", ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        var program = await emulator.AdminAsync("/", ("Accept", "*/*"));

        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        Assert.Equal("/ui/", browser.Header("Location"));
        Assert.Equal(HttpStatusCode.OK, program.Status);
        Assert.Equal(emulator.AdminAddress!.AbsoluteUri, program.String("admin"));
    }

    [Theory]
    [InlineData("/ui/nothing.js")]
    [InlineData("/ui/../openapi.json.js")]
    [InlineData("/ui/%2e%2e/index.html/x")]
    [InlineData("/ui/INDEX.HTML")]
    [InlineData("/uix")]
    public async Task what_is_not_there_is_not_found(string path)
    {
        await using var emulator = await AdminCalls.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await emulator.AdminAsync(path)).Status);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task they_are_for_reading(string method)
    {
        await using var emulator = await AdminCalls.StartAsync();

        var answer = await emulator.ChangeAsync("/ui/", "{}", new HttpMethod(method));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
    }

    [Fact]
    public async Task foreign_names_and_foreign_pages_do_not_get_them()
    {
        await using var emulator = await AdminCalls.StartAsync();

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await emulator.AdminAsync("/ui/", ("Host", "attacker.example"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await emulator.AdminAsync("/ui/app.js", ("Origin", "http://attacker.example"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await emulator.AdminAsync("/ui/app.js", ("Sec-Fetch-Site", "cross-site"))).Status);
    }

    [Fact]
    public async Task who_follows_a_link_from_elsewhere_gets_the_page_but_no_data()
    {
        await using var emulator = await AdminCalls.StartAsync();
        (string, string)[] visit = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
        (string, string)[] framed = [.. visit[..2], ("Sec-Fetch-Dest", "iframe")];

        Assert.Equal(HttpStatusCode.OK, (await emulator.AdminAsync("/ui/", visit)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await emulator.AdminAsync("/", [.. visit, ("Accept", "text/html")])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await emulator.AdminAsync("/ui/", framed)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await emulator.AdminAsync("/journal", visit)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await emulator.AdminAsync("/", visit)).Status);
    }

    // An address elsewhere, markup made of data, or code made of text would each break what the policy promises.
    [Fact]
    public async Task nothing_in_them_loads_from_elsewhere_or_makes_markup_of_text()
    {
        await using var emulator = await AdminCalls.StartAsync();
        foreach (var name in DashboardPages.Names)
        {
            var text = (await emulator.AdminAsync($"/ui/{name}")).Text;

            Assert.DoesNotMatch(Forbidden(), text);
            foreach (Match import in Imports().Matches(text))
                Assert.Contains(import.Groups["file"].Value, DashboardPages.Names);
        }
    }

    [Fact]
    public void they_stay_small()
    {
        var assembly = typeof(DashboardPages).Assembly;

        Assert.Contains("index.html", DashboardPages.Names);
        Assert.InRange(
            DashboardPages.Names.Sum(name =>
            {
                using var stream = assembly.GetManifestResourceStream($"ui/{name}")!;
                return stream.Length;
            }),
            1,
            MostBytes);
    }

    [GeneratedRegex(
        @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|javascript:|(src|href)=""(https?:)?//|url\((?!#)|@import|import\(",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"from '\./(?<file>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Imports();
}
