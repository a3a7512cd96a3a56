using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Keyless.Sources;

/// <summary>A request to an endpoint, as data. Immutable; prints no header values and no query.</summary>
internal sealed class EndpointRequest
{
    private readonly SourceConnection _connection;
    private readonly string _address;

    private EndpointRequest(HttpMethod method, SourceConnection connection, string address, string? form, (string Name, string Value)[] headers)
    {
        Method = method;
        _connection = connection;
        _address = address;
        Form = form;
        Headers = headers;
    }

    public HttpMethod Method { get; }

    /// <summary>The body, form-encoded. Null: none.</summary>
    public string? Form { get; }

    public (string Name, string Value)[] Headers { get; }

    public Uri Uri => new(_address);

    /// <summary>A GET. A parameter without a value is left out.</summary>
    public static EndpointRequest Get(SourceConnection connection, (string Name, string Value)[] headers, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var address = new DefaultInterpolatedStringHandler(0, 0, provider: null, stackalloc char[512]);
        address.AppendLiteral(connection.QueryPrefix);
        var separator = "";
        foreach (var (name, value) in query)
        {
            if (value is null)
                continue;
            address.AppendLiteral(separator);
            address.AppendLiteral(name);
            address.AppendLiteral("=");
            AppendEscaped(ref address, value);
            separator = "&";
        }

        return new EndpointRequest(HttpMethod.Get, connection, address.ToStringAndClear(), form: null, headers);
    }

    public static EndpointRequest PostForm(SourceConnection connection, (string Name, string Value)[] headers, string name, string value) =>
        new(HttpMethod.Post, connection, connection.Endpoint.AbsoluteUri, $"{name}={Uri.EscapeDataString(value)}", headers);

    /// <summary>The same with one header more.</summary>
    public EndpointRequest With(string name, string value) => new(Method, _connection, _address, Form, [.. Headers, (name, value)]);

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Uri)
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (Form is not null)
            message.Content = new StringContent(Form, Encoding.ASCII, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        return message;
    }

    private static void AppendEscaped(ref DefaultInterpolatedStringHandler address, string value)
    {
#if NET9_0_OR_GREATER
        Span<char> escaped = stackalloc char[512];
        if (Uri.TryEscapeDataString(value, escaped, out var length))
        {
            address.AppendFormatted(escaped[..length]);
            return;
        }
#endif
        address.AppendLiteral(Uri.EscapeDataString(value));
    }

    public override string ToString() => $"{Method} {_connection.Address}";
}
