using System.Diagnostics;
using System.Text.Json;

namespace Keyless.Interop.Tests.Support;

/// <summary>Chromium, driven by a program of Node.js. It has one page at a time, and starts when a test first needs it.</summary>
public sealed class Browser : IAsyncDisposable
{
    // Only a hang takes as long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Process? _process;
    private Task<string>? _error;

    /// <summary>Opens a page in a session of its own.</summary>
    public async Task OpenAsync(Uri address, string scheme = "light", int width = 1280)
    {
        if (_process is null)
        {
            var chromium = Tools.Require("chromium");
            _process = Process.Start(Child.StartOf(
                Node.Require(), [.. Node.Program("browser.mjs"), chromium], new Dictionary<string, string>()))!;
            _error = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        }

        await AskAsync(new { command = "open", address, scheme, width });
    }

    /// <summary>The value of an expression.</summary>
    public Task<JsonElement> EvaluateAsync(string expression) => AskAsync(new { command = "evaluate", expression });

    public async Task<string> TextAsync(string selector) =>
        (await EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)}).textContent")).GetString()!;

    /// <summary>Waits until an expression holds, and says what the page shows if it does not.</summary>
    public Task UntilAsync(string expression) => AskAsync(new { command = "until", expression, patience = Patience.TotalMilliseconds });

    /// <summary>Waits until an element has a text.</summary>
    public Task UntilAsync(string selector, string text) => UntilAsync(
        $"document.querySelector({JsonSerializer.Serialize(selector)})?.textContent.includes({JsonSerializer.Serialize(text)})");

    public Task ClickAsync(string selector) => AskAsync(new { command = "click", selector });

    public Task TypeAsync(string selector, string text) => AskAsync(new { command = "type", selector, text });

    public Task PressAsync(string key) => AskAsync(new { command = "press", key });

    public Task ReloadAsync() => AskAsync(new { command = "reload" });

    /// <summary>What hinders people who use the page by keyboard or ear, or see little: the serious things.</summary>
    public async Task<string[]> HindrancesAsync() => Strings(await AskAsync(new { command = "hindrances" }));

    /// <summary>What the page has asked for, what it has said to its console, and what its policy has kept it from.</summary>
    public async Task<(string[] Requests, string[] Messages, string[] Violations)> SeenAsync()
    {
        var seen = await AskAsync(new { command = "seen" });
        return (Strings(seen.GetProperty("requests")), Strings(seen.GetProperty("messages")), Strings(seen.GetProperty("violations")));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;

        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
        }
        finally
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private async Task<JsonElement> AskAsync<T>(T command)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await _process!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command).AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(2 * Patience, cancellationToken);
        if (line is null)
            Assert.Fail($"The browser has ended: {await _error!}");

        using var json = JsonDocument.Parse(line);
        if (json.RootElement.TryGetProperty("error", out var error))
            Assert.Fail($"The browser could not do this: {JsonSerializer.Serialize(command)} {error.GetString()}");
        return json.RootElement.GetProperty("value").Clone();
    }
}
