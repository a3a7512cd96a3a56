using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Keyless.Emulator.Hosting;

/// <summary>One open port: reads requests as data, writes answers, and knows no more of either.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const string AddressOption = $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Address)}";

    private readonly WebApplication _server;
    private readonly ConnectionFaults _connections;

    private Listener(WebApplication server, ConnectionFaults connections, Uri baseAddress)
    {
        _server = server;
        _connections = connections;
        BaseAddress = baseAddress;
    }

    /// <summary>The address by which it is reached, with a final slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Opens a port.</summary>
    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="portOption">The option that the port comes from, for errors.</param>
    /// <param name="certificate">The certificate for TLS. Null: plain HTTP.</param>
    /// <param name="pipeline">Answers each request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="limits">How much a client may ask of it.</param>
    /// <exception cref="EmulatorException">The port cannot be opened.</exception>
    public static async Task<Listener> StartAsync(
        IPAddress address,
        int port,
        string portOption,
        X509Certificate2? certificate,
        RequestPipeline pipeline,
        CancellationToken cancellationToken,
        RequestLimits? limits = null)
    {
        // An empty builder reads no settings file and no environment variable, and logs nowhere.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        var connections = new ConnectionFaults(pipeline.Faults, address);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            (limits ?? new RequestLimits()).ApplyTo(kestrel.Limits);
            kestrel.Listen(address, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                connections.Use(listen, certificate);
            });
        });

        var server = builder.Build();
        var scheme = certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        server.Run(http =>
            ServeAsync(http, AddressOf(scheme, OwnAddress(address, http), http.Connection.LocalPort), pipeline, connections.Stopping));
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            connections.Dispose();
            if (Explain(exception, $"{address}:{port}", portOption) is { } text)
                throw new EmulatorException(text, exception);
            throw;
        }

        var bound = server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new Listener(server, connections, AddressOf(scheme, pipeline.Names.For(address), new Uri(bound).Port));
    }

    public async ValueTask DisposeAsync()
    {
        // What hangs on purpose would hold up the end.
        await _connections.StopAsync().ConfigureAwait(false);
        await _server.StopAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _connections.Dispose();
    }

    private static Uri AddressOf(string scheme, string name, int port) => new UriBuilder(scheme, name, port).Uri;

    // A listener on all addresses has for each connection the one that this came in by.
    private static string OwnAddress(IPAddress bound, HttpContext http)
    {
        var own = bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any) ? http.Connection.LocalIpAddress ?? bound : bound;
        return (own.IsIPv4MappedToIPv6 ? own.MapToIPv4() : own).ToString();
    }

    private static string? Explain(Exception exception, string endpoint, string portOption) => exception switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"Port {endpoint} is in use. Stop the program that has it, or choose another port by {portOption}.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"This user may not open port {endpoint}. Choose a port above 1023 by {portOption}.",
        SocketException socket =>
            $"Port {endpoint} cannot be opened: {socket.Message}. Check {AddressOption} and {portOption}.",
        _ => null,
    };

    private static async Task ServeAsync(HttpContext http, Uri baseAddress, RequestPipeline pipeline, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            var request = await ReadAsync(http, baseAddress).ConfigureAwait(false);
            var answer = await pipeline.ServeAsync(request, ending.Token).ConfigureAwait(false);
            if (answer.Delivery is { } delivery)
                await MisdeliverAsync(http, answer, delivery, pipeline.Faults.Clock, ending.Token).ConfigureAwait(false);
            else
                await WriteAsync(http, answer, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            http.Abort();
        }
    }

    private static async Task MisdeliverAsync(
        HttpContext http, EndpointAnswer answer, Delivery delivery, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await DeliveryWriter
                .SendAsync(answer, delivery, http.Features.GetRequiredFeature<RawConnection>(), clock, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The client did not wait for the end.
        }
        finally
        {
            // The server must not add an answer of its own.
            http.Abort();
        }
    }

    private static async Task WriteAsync(HttpContext http, EndpointAnswer answer, CancellationToken cancellationToken)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
            http.Response.Headers.Append(name, value);
        if (answer.WriteAsync is { } writeAsync)
        {
            await writeAsync(http.Response.Body, cancellationToken).ConfigureAwait(false);
            return;
        }

        http.Response.ContentLength = answer.Body.Length;

        // An answer that must have no body, such as a 304, may not even write an empty one.
        if (!answer.Body.IsEmpty)
            await http.Response.BodyWriter.WriteAsync(answer.Body, http.RequestAborted).ConfigureAwait(false);
    }

    // The server takes its own back for the next request, and the journal keeps them.
    private static HeaderDictionary Copy(IHeaderDictionary headers)
    {
        var copy = new HeaderDictionary(headers.Count);
        foreach (var (name, values) in headers)
            copy[name] = values;
        return copy;
    }

    private static async ValueTask<EndpointRequest> ReadAsync(HttpContext http, Uri baseAddress)
    {
        using var body = new StreamReader(http.Request.Body);
        return new EndpointRequest(
            http.Request.Method,
            EndpointRequest.Normalise(http.Request.Path.Value ?? ""),
            Parameters.Parse(http.Request.QueryString.Value ?? ""),
            Copy(http.Request.Headers),
            await body.ReadToEndAsync(http.RequestAborted).ConfigureAwait(false),
            baseAddress)
        {
            ClientAddress = http.Connection.RemoteIpAddress,
        };
    }
}
