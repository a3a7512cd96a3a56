using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Keyless.Interop.Tests.Support;

/// <summary>The blob service of Azurite: over TLS, letting in bearers of tokens, in a process of its own that ends with it.</summary>
internal sealed partial class Azurite : IAsyncDisposable
{
    private readonly LoopbackCertificate _certificate;
    private readonly Process _process;

    private Azurite(LoopbackCertificate certificate, Process process, Uri address)
    {
        _certificate = certificate;
        _process = process;
        Address = address;
    }

    /// <summary>The address of the account that it has.</summary>
    public Uri Address { get; }

    public static async Task<Azurite> StartAsync(CancellationToken cancellationToken)
    {
        var node = Node.Require();
        var certificate = new LoopbackCertificate();
        var process = Process.Start(Child.StartOf(
            node,
            [
                .. Node.Program("node_modules/azurite/dist/src/blob/main.js"),
                "--blobHost", "127.0.0.1", "--blobPort", "0", "--oauth", "basic",
                "--cert", certificate.CertificateFile, "--key", certificate.KeyFile,
                "--inMemoryPersistence", "--skipApiVersionCheck",
            ],
            new Dictionary<string, string>()))!;
        try
        {
            var address = await ListeningAtAsync(process, cancellationToken).WaitAsync(Child.Patience, cancellationToken);
            return new Azurite(certificate, process, new Uri($"{address}/devstoreaccount1"));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            certificate.Dispose();
            throw;
        }
    }

    /// <summary>What trusts this server and no other.</summary>
    public SocketsHttpHandler NewHandler() => _certificate.NewHandler();

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _certificate.Dispose();
    }

    private static async Task<string> ListeningAtAsync(Process process, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
                return match.Groups["address"].Value;
        }

        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        throw new InvalidOperationException($"Azurite has not started: {error}");
    }

    [GeneratedRegex(@"successfully listens on (?<address>https://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
