using System.Diagnostics;
using System.Globalization;

namespace Keyless.Benchmarks.Loopback;

/// <summary>The endpoint in a process of its own; it ends with this one.</summary>
internal sealed class ResponderProcess : IDisposable
{
    private readonly Process _process;

    private ResponderProcess(Process process, Uri root) => (_process, Root) = (process, root);

    public Uri Root { get; }

    public static ResponderProcess Start(TimeSpan delay = default)
    {
        var start = Self.Start("serve", delay.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        start.RedirectStandardInput = true;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The endpoint did not start.");
        var port = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The endpoint ended at once.");
        return new ResponderProcess(process, new Uri($"http://127.0.0.1:{port}/"));
    }

    /// <summary>How many tokens it has been asked for.</summary>
    public async Task<int> CountAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return int.Parse(await client.GetStringAsync(new Uri(Root, "count")), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
