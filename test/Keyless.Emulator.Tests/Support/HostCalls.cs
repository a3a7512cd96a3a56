using System.Diagnostics.CodeAnalysis;

namespace Keyless.Emulator.Tests.Support;

/// <summary>Requests to an emulated host, as bare as they can be.</summary>
internal static class HostCalls
{
    public const string Vault = "https://vault.azure.net";

    private static readonly HttpClient Client = NewClient();

    public static (string Name, string Value) Metadata => ("Metadata", "true");

    /// <summary>The header in which a host's secret is expected: by the variables, so as its processes do.</summary>
    public static (string Name, string Value) SecretOf(EmulatedHost host) => host.Source switch
    {
        SourceKind.AppService => ("X-IDENTITY-HEADER", host.Variables["IDENTITY_HEADER"]),
        SourceKind.ServiceFabric => ("secret", host.Variables["IDENTITY_HEADER"]),
        _ => ("secret", host.Variables["MSI_SECRET"]),
    };

    public static Task<Answer> GetAsync(this EmulatedHost host, string query, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, new Uri($"{host.Endpoint}?{query}"), null, headers);

    public static Task<Answer> GetAsync(this EmulatedHost host, Uri address, params (string Name, string Value)[] headers)
    {
        Assert.StartsWith(host.Endpoint.GetLeftPart(UriPartial.Authority), address.AbsoluteUri, StringComparison.Ordinal);
        return SendAsync(HttpMethod.Get, address, null, headers);
    }

    public static Task<Answer> GetAsync(Uri address, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, address, null, headers);

    public static async Task<Answer> SendAsync(
        HttpMethod method,
        Uri address,
        HttpContent? content,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response, TestContext.Current.CancellationToken);
    }

    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "The certificate has tests of its own.")]
    private static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1),
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });
}
