using System.Net;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Authority;

public sealed class DiscoveryTests(RunningEmulator running)
{
    private Uri Authority => running.Emulator.Authority;

    [Theory]
    [InlineData("", "oauth2/token", "discovery/keys")]
    [InlineData("v2.0/", "oauth2/v2.0/token", "discovery/v2.0/keys")]
    public async Task each_document_leads_to_what_is_served(string version, string tokens, string keys)
    {
        var document = await HostCalls.GetAsync(new Uri(Authority, $"{version}.well-known/openid-configuration"));

        Assert.Equal($"{Authority}{tokens}", document.String("token_endpoint"));
        Assert.Equal($"{Authority}{keys}", document.String("jwks_uri"));
        Assert.StartsWith(Authority.AbsoluteUri, document.String("authorization_endpoint"), StringComparison.Ordinal);
        Assert.Equal("client_credentials", document.Member("grant_types_supported")[0].GetString());
        Assert.Equal(HttpStatusCode.OK, (await HostCalls.GetAsync(new Uri(document.String("jwks_uri")))).Status);
        var token = await HostCalls.SendAsync(HttpMethod.Post, new Uri(document.String("token_endpoint")), new StringContent(""));
        Assert.Equal(900144, token.Member("error_codes")[0].GetInt32());
    }

    [Theory]
    [InlineData("common")]
    [InlineData("organizations")]
    public async Task the_document_of_all_tenants_names_none(string alias)
    {
        var v1 = await HostCalls.GetAsync(new Uri(Authority, $"/{alias}/.well-known/openid-configuration"));
        var v2 = await HostCalls.GetAsync(new Uri(Authority, $"/{alias}/v2.0/.well-known/openid-configuration"));

        var root = Authority.GetLeftPart(UriPartial.Authority);
        Assert.Equal($"{root}/{{tenantid}}/", v1.String("issuer"));
        Assert.Equal($"{root}/{{tenantid}}/v2.0", v2.String("issuer"));
        Assert.Equal($"{root}/{alias}/oauth2/v2.0/token", v2.String("token_endpoint"));
        Assert.Equal(HttpStatusCode.OK, (await HostCalls.GetAsync(new Uri(v2.String("jwks_uri")))).Status);
    }

    [Fact]
    public async Task instance_discovery_knows_the_emulator_and_no_one_else()
    {
        var known = await InstanceAsync($"{Authority}oauth2/v2.0/authorize");
        var unknown = await InstanceAsync("https://login.microsoftonline.com/common/oauth2/v2.0/authorize");
        var missing = await HostCalls.GetAsync(new Uri(Authority, "/common/discovery/instance?api-version=1.1"));

        Assert.Equal($"{Authority}v2.0/.well-known/openid-configuration", known.String("tenant_discovery_endpoint"));
        Assert.Equal("1.1", known.String("api-version"));
        var entry = known.Member("metadata")[0];
        Assert.Equal(Authority.Authority, entry.GetProperty("preferred_network").GetString());
        Assert.Contains(Authority.Authority, entry.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()));
        Assert.Equal("invalid_instance", unknown.String("error"));
        Assert.Equal(50049, unknown.Member("error_codes")[0].GetInt32());
        Assert.Equal(900144, missing.Member("error_codes")[0].GetInt32());
    }

    [Theory]
    [InlineData(".well-known/openid-configuration")]
    [InlineData("discovery/v2.0/keys")]
    public async Task what_has_not_changed_is_not_sent_again(string path)
    {
        var first = await HostCalls.GetAsync(new Uri(Authority, path));
        var tag = first.Header("ETag");

        var same = await HostCalls.GetAsync(new Uri(Authority, path), ("If-None-Match", $"\"other\", W/{tag}"));
        var other = await HostCalls.GetAsync(new Uri(Authority, path), ("If-None-Match", "\"other\""));

        Assert.Equal(HttpStatusCode.NotModified, same.Status);
        Assert.Empty(same.Text);
        Assert.Equal(tag, same.Header("ETag"));
        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Equal(first.Text, other.Text);
        Assert.Contains("max-age", first.Header("Cache-Control"), StringComparison.Ordinal);
    }

    private Task<Answer> InstanceAsync(string endpoint) => HostCalls.GetAsync(new Uri(
        Authority, $"/common/discovery/instance?api-version=1.1&authorization_endpoint={Uri.EscapeDataString(endpoint)}"));
}
