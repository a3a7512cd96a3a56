using System.Diagnostics;
using System.Text.Json;

namespace Keyless.StartUp;

/// <summary>An emulator in a process of its own: <c>keyless emulate</c>.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly Process _process;
    private readonly JsonDocument _description;

    private RunningEmulator(Process process, JsonDocument description)
    {
        _process = process;
        _description = description;
    }

    /// <summary>The variables that lead programs to its App Service host.</summary>
    public IReadOnlyDictionary<string, string> Variables => Host.GetProperty("variables").EnumerateObject()
        .ToDictionary(each => each.Name, each => each.Value.GetString()!, StringComparer.Ordinal);

    private JsonElement Host => _description.RootElement.GetProperty("hosts").EnumerateArray()
        .First(host => host.GetProperty("source").GetString() == "app-service");

    /// <summary>Starts one; it has opened its ports then.</summary>
    public static async Task<RunningEmulator> StartAsync(string tool, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, ["emulate", "--json", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        start.Environment.Clear();
        start.Environment["XDG_RUNTIME_DIR"] = directory;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{tool} emulate ended without having started.");
        return new RunningEmulator(process, JsonDocument.Parse(line));
    }

    /// <summary>Gets a token from it.</summary>
    public async Task AskAsync()
    {
        const string Query = "?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net";
        using var request = new HttpRequestMessage(HttpMethod.Get, Host.GetProperty("endpoint").GetString() + Query);
        request.Headers.Add("X-IDENTITY-HEADER", Variables["IDENTITY_HEADER"]);
        using var response = await Http.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>An answer for which no key is needed: the secret is missing.</summary>
    public async Task AskInVainAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Host.GetProperty("endpoint").GetString());
        using var response = await Http.SendAsync(request, CancellationToken.None);
        await response.Content.ReadAsByteArrayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _description.Dispose();
    }
}
