using System.Text;

namespace Keyless.Sources;

/// <summary>A request to an endpoint, as data. Immutable; prints no header values and no query.</summary>
internal sealed class EndpointRequest
{
    private readonly Uri _endpoint;
    private readonly string _query;

    private EndpointRequest(HttpMethod method, Uri endpoint, string query, string? form, (string Name, string Value)[] headers)
    {
        Method = method;
        _endpoint = endpoint;
        _query = query;
        Form = form;
        Headers = headers;
    }

    public HttpMethod Method { get; }

    /// <summary>The body, form-encoded. Null: none.</summary>
    public string? Form { get; }

    public (string Name, string Value)[] Headers { get; }

    public Uri Uri => _query.Length == 0 ? _endpoint : new UriBuilder(_endpoint)
    {
        // An endpoint may come with a query of its own; ours goes behind it.
        Query = _endpoint.Query.Length > 1 ? $"{_endpoint.Query}&{_query}" : _query,
        Fragment = "",
    }.Uri;

    public static EndpointRequest Get(Uri endpoint) => new(HttpMethod.Get, endpoint, "", form: null, []);

    public static EndpointRequest PostForm(Uri endpoint, string name, string value) =>
        new(HttpMethod.Post, endpoint, "", Pair(name, value), []);

    public EndpointRequest Header(string name, string value) => new(Method, _endpoint, _query, Form, [.. Headers, (name, value)]);

    public EndpointRequest Query(string name, string value) =>
        new(Method, _endpoint, _query.Length == 0 ? Pair(name, value) : $"{_query}&{Pair(name, value)}", Form, Headers);

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
            message.Content = new StringContent(Form, Encoding.ASCII, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        return message;
    }

    public override string ToString() => $"{Method} {_endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}";

    private static string Pair(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";
}
