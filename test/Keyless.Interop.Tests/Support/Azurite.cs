using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Keyless.Interop.Tests.Support;

/// <summary>The blob service of Azurite, in a process of its own: over TLS, letting in bearers of tokens, and forgetting all at its end.</summary>
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
            var said = "";
            while (await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellationToken) is { } line)
            {
                said += line;
                if (Listening().Match(line) is { Success: true } match)
                    return new Azurite(certificate, process, new Uri($"{match.Groups["address"].Value}/devstoreaccount1"));
            }

            throw new InvalidOperationException($"Azurite has not started: {said} {await process.StandardError.ReadToEndAsync(cancellationToken)}");
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            certificate.Dispose();
            throw;
        }
    }

    /// <summary>An HTTP client that trusts this server and no other.</summary>
    public HttpClient NewHttpClient() => new(_certificate.NewHandler());

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _certificate.Dispose();
    }

    [GeneratedRegex(@"successfully listens on (?<address>https://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
