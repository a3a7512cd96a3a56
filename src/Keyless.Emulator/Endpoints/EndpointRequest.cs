using System.Net;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tokens;
using Microsoft.AspNetCore.Http;

namespace Keyless.Emulator.Endpoints;

/// <summary>A request as data, so that a dialect is a function from it to an answer.</summary>
/// <param name="Method">The HTTP method, in upper case.</param>
/// <param name="Path">The decoded path, without doubled or trailing slashes.</param>
/// <param name="Query">The query's parameters.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body's text; empty where there is none.</param>
/// <param name="BaseAddress">The listener's own address, whatever the Host header says.</param>
internal sealed record EndpointRequest(
    string Method,
    string Path,
    Parameters Query,
    IHeaderDictionary Headers,
    string Body,
    Uri BaseAddress)
{
    public bool IsGet => HttpMethods.IsGet(Method);

    public bool IsPost => HttpMethods.IsPost(Method);

    /// <summary>Whether it carries <c>Metadata: true</c>, which no browser or careless proxy adds.</summary>
    public bool HasMetadataHeader => string.Equals(Headers["Metadata"], "true", StringComparison.OrdinalIgnoreCase);

    public bool WasForwarded => Headers.ContainsKey("X-Forwarded-For");

    /// <summary>How the token that answers it is to differ from what it would be. Null: not at all.</summary>
    public TokenChange? TokenChange { get; init; }

    /// <summary>Whether it gets the token that the platform has, as long as that lives, whatever speaks against it.</summary>
    public bool TakesStaleToken { get; init; }

    /// <summary>What is to be wrong with the challenge that answers it. Null: nothing.</summary>
    public ArcFlaw? ChallengeFlaw { get; init; }

    /// <summary>The address that it comes from. Null: it came by no connection.</summary>
    public IPAddress? ClientAddress { get; init; }

    public bool IsFor(string path) => string.Equals(Path, path, StringComparison.OrdinalIgnoreCase);

    public static string Normalise(string path) => "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
}
