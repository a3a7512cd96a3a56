using System.Net;

namespace Keyless.Emulator.Faults;

/// <summary>Which requests a rule is about: those for which all that is given here holds.</summary>
public sealed record FaultMatch
{
    /// <summary>The name that the authority has among hosts.</summary>
    public const string Authority = "authority";

    /// <summary>The host's name, in any case; <c>authority</c> for the token issuer.</summary>
    /// <value>Default: null, any.</value>
    public string? Host { get; init; }

    /// <summary>The host's platform.</summary>
    /// <value>Default: null, any, and the authority.</value>
    public SourceKind? Source { get; init; }

    /// <summary>Which step of a client's work the request is.</summary>
    /// <value>Default: null, any.</value>
    public Leg? Leg { get; init; }

    /// <summary>The name of the identity that the request would get a token for, in any case.</summary>
    /// <value>Default: null, any or none.</value>
    public string? Identity { get; init; }

    /// <summary>The resource that it asks for, in any case, with or without a final slash.</summary>
    /// <value>Default: null, any or none.</value>
    public string? Resource { get; init; }

    /// <summary>The HTTP method.</summary>
    /// <value>Default: null, any.</value>
    public string? Method { get; init; }

    /// <summary>The path that it asks for, in any case, such as <c>/metadata/identity/oauth2/token</c>.</summary>
    /// <value>Default: null, any.</value>
    public string? Path { get; init; }

    /// <summary>The name of a header that it has.</summary>
    /// <value>Default: null, whatever headers.</value>
    public string? Header { get; init; }

    /// <summary>The value of <see cref="Header"/>, exactly.</summary>
    /// <value>Default: null, whatever value.</value>
    public string? HeaderValue { get; init; }

    /// <summary>The address that it comes from.</summary>
    /// <value>Default: null, any.</value>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The how manieth request it is for the same leg, identity and resource since the last that succeeded, from 1.</summary>
    /// <value>Default: null, any.</value>
    public int? Attempt { get; init; }

    internal bool Fits(FaultOccasion occasion) =>
        (Host is null || Same(Host, occasion.Host))
        && (Source is null || Source == occasion.Source)
        && (Leg is null || Leg == occasion.Facts.Leg)
        && (Identity is null || Same(Identity, occasion.Facts.Identity?.Name))
        && (Resource is null || Same(Resource.TrimEnd('/'), occasion.Facts.Resource?.TrimEnd('/')))
        && (Method is null || Same(Method, occasion.Request.Method))
        && (Path is null || occasion.Request.IsFor(Path))
        && (Header is null || occasion.Request.Headers.ContainsKey(Header))
        && (HeaderValue is null || Header is null || occasion.Request.Headers[Header] == HeaderValue)
        && (ClientAddress is null || ClientAddress.Equals(occasion.Request.ClientAddress))
        && (Attempt is null || Attempt == occasion.Attempt);

    /// <summary>Whether it is about the connections of a host: nothing is known yet of any request.</summary>
    internal bool FitsConnection(string host, SourceKind? source) =>
        (Host is null || Same(Host, host)) && (Source is null || Source == source);

    private static bool Same(string expected, string? actual) => string.Equals(expected, actual, StringComparison.OrdinalIgnoreCase);
}
