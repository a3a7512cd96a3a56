using System.Net.Http.Headers;
using System.Text;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Admin;

/// <summary>Calls of the admin API.</summary>
internal static class AdminCalls
{
    public const string Key = "a-key-of-24-characters-!";

    public static Task<ManagedIdentityEmulator> StartAsync(EmulatorOptions? options = null) => ManagedIdentityEmulator.StartAsync(
        (options ?? new EmulatorOptions { Sources = [SourceKind.Imds, SourceKind.AppService] }) with { AdminPort = 0 },
        TestContext.Current.CancellationToken);

    public static Task<Answer> AdminAsync(
        this ManagedIdentityEmulator emulator, string path, params (string Name, string Value)[] headers) =>
        HostCalls.GetAsync(new Uri(emulator.AdminAddress!, path), headers);

    /// <summary>Changes something: POST with a body, or another method without one.</summary>
    public static async Task<Answer> ChangeAsync(
        this ManagedIdentityEmulator emulator, string path, string body = "", HttpMethod? method = null, params (
            string Name, string Value)[] headers)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await HostCalls.SendAsync(method ?? HttpMethod.Post, new Uri(emulator.AdminAddress!, path), content, headers);
    }

    public static Task<Answer> DeleteAsync(this ManagedIdentityEmulator emulator, string path) =>
        emulator.ChangeAsync(path, "", HttpMethod.Delete);

    /// <summary>Asks the virtual machine for a token.</summary>
    public static Task<Answer> AskAsync(this ManagedIdentityEmulator emulator, string more = "") =>
        emulator[SourceKind.Imds].GetAsync($"api-version=2018-02-01&resource={HostCalls.Vault}{more}", HostCalls.Metadata);
}
