using System.Text;
using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Authority;

/// <summary>A request for a token by an application's own credentials, as read from a form.</summary>
internal sealed class ClientRequest
{
    public const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private const string Basic = "Basic ";

    private readonly Parameters _form;

    private ClientRequest(Parameters form, string? clientId, string? secret)
    {
        _form = form;
        ClientId = clientId;
        Secret = secret;
    }

    public string? ClientId { get; }

    public string? Secret { get; }

    public string? GrantType => _form["grant_type"];

    public string? Scope => _form["scope"];

    public string? Resource => _form["resource"];

    public string? Assertion => _form["client_assertion"];

    public string? AssertionType => _form["client_assertion_type"];

    /// <summary>Reads the form, and the credentials from the header if they are there.</summary>
    public static ClientRequest Read(EndpointRequest request)
    {
        var form = Parameters.Parse(request.Body);
        var (clientId, secret) = FromHeader(request.Headers.Authorization.ToString());
        return new ClientRequest(form, form["client_id"] ?? clientId, form["client_secret"] ?? secret);
    }

    /// <summary>What the client declares to understand, in its <c>claims</c>.</summary>
    /// <returns>False: these are not JSON.</returns>
    public bool TryReadCapabilities(out IReadOnlyCollection<string> capabilities)
    {
        capabilities = [];
        if (_form["claims"] is not { } claims)
            return true;

        try
        {
            using var json = SoundJson.Parse(claims);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && Find(json.RootElement, "access_token") is { } token
                && Find(token, "xms_cc") is { } declared
                && declared.TryGetProperty("values", out var values)
                && values.ValueKind == JsonValueKind.Array)
            {
                capabilities = [.. values.EnumerateArray()
                    .Where(value => value.ValueKind == JsonValueKind.String)
                    .Select(value => value.GetString()!)];
            }

            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement? Find(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    // Both halves are form-encoded before they are joined.
    private static (string? ClientId, string? Secret) FromHeader(string header)
    {
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return default;

        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(header[Basic.Length..].Trim()));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? default : (Decode(text[..colon]), Decode(text[(colon + 1)..]));
        }
        catch (FormatException)
        {
            return default;
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
