using System.Text.Json;
using Keyless.Interop.Calls;
using Keyless.Testing;

namespace Keyless.Interop.Client;

/// <summary>
/// <c>Keyless.Interop.Client CLIENT CALL…</c>: makes the calls, given as JSON, one after the other, and prints a line of JSON for each.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        ConnectionGuard.Install();
        if (args is not [var client, .. var calls])
            return 2;

        Func<TokenCall, Task<TokenOutcome>> ask = client switch
        {
            "msal" => MsalClient.AskAsync,
            "azure-identity" => AzureIdentityClient.AskAsync,
            _ => throw new ArgumentException($"No client is called '{client}'.", nameof(args)),
        };
        foreach (var call in calls)
        {
            var outcome = await ask(JsonSerializer.Deserialize(call, CallJson.Default.TokenCall)!);
            Console.WriteLine(JsonSerializer.Serialize(outcome, CallJson.Default.TokenOutcome));
        }

        return 0;
    }

    /// <summary>The messages of an exception and of those within it.</summary>
    public static string MessagesOf(Exception exception)
    {
        var messages = new List<string>();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            messages.Add(inner.Message);
        return string.Join(" ← ", messages);
    }
}
