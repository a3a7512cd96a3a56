using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Keyless.Cli.Background;
using Keyless.Cli.Commands;

namespace Keyless.Cli.Administration;

/// <summary>Speaks to the admin API of a running emulator.</summary>
internal sealed class AdminClient : IDisposable
{
    private const string HowToStart =
        "Start one with 'keyless up' or 'keyless emulate', or name its admin address by --admin or KEYLESS_ADMIN.";
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(3);

    // A quote may take two characters and not six: a recording is full of them.
    private static readonly JsonWriterOptions Body = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http;
    private readonly Uri _address;

    private AdminClient(Uri address, string? key)
    {
        _address = address;

        // The emulator is near, and whoever stands between is none of ours.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = TimeSpan.FromSeconds(100),
        };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>A client of an emulator whose address is known.</summary>
    public static AdminClient Of(Uri address, string? key) => new(address, key);

    /// <summary>Finds the emulator that is meant.</summary>
    /// <exception cref="ToolException">There is none, or there are several.</exception>
    public static async Task<AdminClient> FindAsync(AdminOptions options, Invocation call, CancellationToken cancellationToken)
    {
        var key = options.Key(call);
        if (options.Address(call) is { } given)
            return new AdminClient(given, key);

        var running = new List<Uri>();
        foreach (var record in await FindAllAsync(call.Context.Environment, cancellationToken))
            running.Add(record.Admin);

        return running switch
        {
            [var only] => new AdminClient(only, key),
            [] => throw new ToolException($"No emulator is running. {HowToStart}", ExitCodes.Unreachable),
            _ => throw ToolException.Usage(
                $"Several emulators are running: {string.Join(", ", running)}. Name one by --admin or KEYLESS_ADMIN."),
        };
    }

    /// <summary>The emulators that this user runs; the files of others are removed.</summary>
    public static async Task<IReadOnlyList<AdminRecord>> FindAllAsync(MachineEnvironment environment, CancellationToken cancellationToken)
    {
        var running = new List<AdminRecord>();
        foreach (var record in AdminFile.ReadAll(environment))
        {
            // One that is slow to answer is no reason to take it for gone: nobody would find it again.
            var answers = await AnswersAsync(record.Admin, "healthz", cancellationToken);
            if (answers ?? (record.Process is { } id && !DetachedProcess.HasGone(id)))
                running.Add(record);
            else
                AdminFile.Forget(record.Path);
        }

        return running;
    }

    /// <summary>Whether an emulator answers there.</summary>
    public static async Task<bool> IsAliveAsync(Uri admin, CancellationToken cancellationToken) =>
        await AnswersAsync(admin, "healthz", cancellationToken) == true;

    /// <summary>Whether it listens everywhere and has a key to sign with.</summary>
    public static async Task<bool> IsReadyAsync(Uri admin, CancellationToken cancellationToken) =>
        await AnswersAsync(admin, "readyz", cancellationToken) == true;

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>What the emulator is and does. Null: it asks for a key that was not given, or another one.</summary>
    public async Task<JsonElement?> TryGetStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync("", cancellationToken);
        }
        catch (AdminKeyException)
        {
            return null;
        }
    }

    /// <summary>Asks the emulator to end.</summary>
    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PostAsync("shutdown", null, cancellationToken);
        }
        catch (ToolException e) when (e.ExitCode == ExitCodes.Unreachable)
        {
            // It was faster than its answer.
        }
    }

    /// <summary>Changes something.</summary>
    /// <param name="path">Which route.</param>
    /// <param name="writeMembers">Writes the members of the body. Null: it has none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JsonElement> PostAsync(string path, Action<Utf8JsonWriter>? writeMembers, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, Write(writeMembers), cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, "{}", cancellationToken);

    /// <summary>What is at a path, as it is.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path)), cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static string Write(Action<Utf8JsonWriter>? writeMembers)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Body))
        {
            json.WriteStartObject();
            writeMembers?.Invoke(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }

    // Null: not in time.
    private static async Task<bool?> AnswersAsync(Uri admin, string path, CancellationToken cancellationToken)
    {
        using var probe = new AdminClient(admin, key: null);
        probe._http.Timeout = ProbeTime;
        try
        {
            using var response = await probe._http.GetAsync(new Uri(admin, path), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, new Uri(_address, path));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw NotAnEmulator();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            using (request)
                response = await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new ToolException($"No emulator answers at {_address}: {e.Message} {HowToStart}", ExitCodes.Unreachable);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException($"The emulator at {_address} took too long to answer.", ExitCodes.TimedOut);
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw await ExplainAsync(response, cancellationToken);
    }

    private async Task<ToolException> ExplainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return new AdminKeyException(_address);

        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            var refusal = json.RootElement.TryGetProperty("message", out var message) ? message : json.RootElement.GetProperty("error_description");
            return new ToolException(
                refusal.GetString() ?? "", response.StatusCode == HttpStatusCode.BadRequest ? ExitCodes.Usage : ExitCodes.Refused);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return NotAnEmulator();
        }
    }

    private ToolException NotAnEmulator() =>
        new($"What answers at {_address} is not the admin API of an emulator. {HowToStart}", ExitCodes.Refused);
}
