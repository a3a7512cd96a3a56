namespace Keyless.Msal.Http;

/// <summary>Adds the application's parameters to the query; one of the same name is replaced.</summary>
internal sealed class ExtraParametersHandler(IReadOnlyDictionary<string, string> parameters, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = Extend(request.RequestUri!);
        return base.SendAsync(request, cancellationToken);
    }

    internal Uri Extend(Uri address)
    {
        var kept = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !parameters.ContainsKey(Uri.UnescapeDataString(pair.Split('=', 2)[0])));
        var added = parameters.Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value ?? "")}");
        return new UriBuilder(address) { Query = string.Join('&', kept.Concat(added)) }.Uri;
    }
}
