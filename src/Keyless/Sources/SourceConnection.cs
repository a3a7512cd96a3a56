namespace Keyless.Sources;

/// <summary>What a source's variables said at one moment: where its endpoint is and how to be let in.</summary>
internal sealed class SourceConnection(TokenSource source, Uri endpoint)
{
    private Uri? _location;
    private string? _queryPrefix;

    public TokenSource Source { get; } = source;

    public Uri Endpoint { get; } = endpoint;

    /// <summary>The variable or file that announced the endpoint. Null: nothing did, and it may not exist.</summary>
    public string? AnnouncedBy { get; init; }

    public Secret? Secret { get; init; }

    /// <summary>The certificate to pin, as 40 (SHA-1) or 64 (SHA-256) hexadecimal digits.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>The client id that stands for the machine's own identity on Machine Learning.</summary>
    public string? DefaultClientId { get; init; }

    public string? ArcKeyDirectory { get; init; }

    public SourceKind Kind => Source.Kind;

    public bool IsAnnounced => AnnouncedBy is not null;

    /// <summary>The endpoint without what follows its path, for people and for keys.</summary>
    public string Address { get; } = endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The same as an address; one object for all tokens from here.</summary>
    public Uri Location => _location ??= new Uri(Address);

    /// <summary>What a query is put behind: an endpoint may come with one of its own.</summary>
    public string QueryPrefix => _queryPrefix ??= Address + (Endpoint.Query.Length > 1 ? $"{Endpoint.Query}&" : "?");
}
