using System.Text.Json;

// The same token by hand, with no more than the platform has. See bench/start-up.sh.
using var client = new HttpClient();
using var request = new HttpRequestMessage(
    HttpMethod.Get,
    $"{Environment.GetEnvironmentVariable("IDENTITY_ENDPOINT")}?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net");
request.Headers.Add("X-IDENTITY-HEADER", Environment.GetEnvironmentVariable("IDENTITY_HEADER"));
using var response = await client.SendAsync(request);
response.EnsureSuccessStatusCode();
using var body = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
Console.WriteLine(body.RootElement.GetProperty("access_token").GetString()!.Length);
