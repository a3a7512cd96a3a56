using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Emulator.Hosting;

/// <summary>An address at which the emulator answers, by a port or in memory alone.</summary>
internal sealed class Site : IAsyncDisposable
{
    // Below the ports that systems hand out, and above those that need rights. Nothing ever connects to them.
    private const int FirstImaginedPort = 20_000;

    private readonly Listener? _listener;
    private readonly Site? _original;
    private volatile bool _isClosed;

    private Site(Uri baseAddress, RequestPipeline pipeline, Listener? listener, Site? original = null)
    {
        BaseAddress = baseAddress;
        Pipeline = pipeline;
        _listener = listener;
        _original = original;
    }

    /// <summary>The address by which it is reached, with a final slash.</summary>
    public Uri BaseAddress { get; }

    public RequestPipeline Pipeline { get; }

    public bool IsClosed => _original?.IsClosed ?? _isClosed;

    /// <summary>Opens a port.</summary>
    /// <inheritdoc cref="Listener.StartAsync"/>
    public static async Task<Site> OpenAsync(
        IPAddress address,
        int port,
        string portOption,
        X509Certificate2? certificate,
        RequestPipeline pipeline,
        CancellationToken cancellationToken)
    {
        var listener = await Listener.StartAsync(address, port, portOption, certificate, pipeline, cancellationToken).ConfigureAwait(false);
        return new Site(listener.BaseAddress, pipeline, listener);
    }

    /// <summary>Makes up an address that handlers alone know.</summary>
    /// <param name="address">The address to pretend to listen on.</param>
    /// <param name="port">The port; 0 for one that follows from the number.</param>
    /// <param name="number">The site's number.</param>
    /// <param name="certificate">Not null: the scheme is https.</param>
    /// <param name="pipeline">Answers each request.</param>
    public static Site Imagine(IPAddress address, int port, int number, X509Certificate2? certificate, RequestPipeline pipeline)
    {
        var scheme = certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        var imagined = new UriBuilder(scheme, address.ToString(), port == 0 ? FirstImaginedPort + number : port).Uri;
        return new Site(imagined, pipeline, listener: null);
    }

    /// <summary>The same, at an address by which clients know it without being told.</summary>
    public Site At(Uri baseAddress) => new(baseAddress, Pipeline, listener: null, original: this);

    /// <summary>Whether an address is this site's.</summary>
    public bool Has(Uri address) =>
        address.Port == BaseAddress.Port
        && string.Equals(address.Scheme, BaseAddress.Scheme, StringComparison.OrdinalIgnoreCase)
        && (string.Equals(address.Host, BaseAddress.Host, StringComparison.OrdinalIgnoreCase)
            || (BaseAddress.IsLoopback && string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)));

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        if (_listener is not null)
            await _listener.DisposeAsync().ConfigureAwait(false);
    }
}
