namespace Keyless.Emulator.Tests.Support;

/// <summary>The two requests of Azure Arc.</summary>
internal static class ArcCalls
{
    public const string Query = "api-version=2020-06-01&resource=https://vault.azure.net";

    /// <summary>Asks without a key.</summary>
    public static Task<Answer> ChallengeAsync(this EmulatedHost host, string query = Query) => host.GetAsync(query, HostCalls.Metadata);

    public static Task<Answer> RedeemAsync(this EmulatedHost host, string key, string query = Query) =>
        host.GetAsync(query, HostCalls.Metadata, ("Authorization", $"Basic {key}"));

    /// <summary>Asks, reads the key file and asks with its text.</summary>
    public static async Task<Answer> AskArcAsync(this EmulatedHost host, string query = Query)
    {
        var challenge = await host.ChallengeAsync(query);
        return await host.RedeemAsync(await File.ReadAllTextAsync(KeyFileOf(challenge), TestContext.Current.CancellationToken), query);
    }

    public static string KeyFileOf(Answer challenge)
    {
        const string Start = "Basic realm=";
        var header = challenge.Header("WWW-Authenticate");
        Assert.StartsWith(Start, header, StringComparison.Ordinal);
        return header[Start.Length..];
    }
}
