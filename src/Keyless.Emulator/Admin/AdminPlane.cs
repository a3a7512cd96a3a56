using System.Security.Cryptography;
using System.Text;
using Keyless.Emulator.Dashboard;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Safety;

namespace Keyless.Emulator.Admin;

/// <summary>The admin API: an emulator's state, and what can be changed of it while it runs.</summary>
/// <remarks>
/// Whoever may speak to it may change everything. The dashboard's pages are here too, and ask as everybody does. Other web pages may not: whatever name they have this machine's address by, and whatever
/// form they send, one of <c>Host</c>, <c>Origin</c> and <c>Content-Type</c> tells.
/// </remarks>
internal sealed class AdminPlane : IResponder
{
    /// <summary>How much may be sent: recordings come whole, and tokens that are too large for an API are to be looked at here.</summary>
    public static readonly RequestLimits Limits = new() { Body = 1024 * 1024 };

    private readonly ManagedIdentityEmulator _emulator;
    private readonly HostNames _names;
    private readonly byte[]? _keyHash;

    public AdminPlane(ManagedIdentityEmulator emulator, HostNames names, string? key)
    {
        _emulator = emulator;
        _names = names;
        _keyHash = key is null ? null : Hash(key);
        Routes =
        [
            .. StateResource.Routes,
            .. HostResource.Routes,
            .. CertificateResource.Routes,
            .. IdentityResource.Routes,
            .. ClockResource.Routes,
            .. FaultResource.Routes,
            .. JournalResource.Routes,
            .. KeyResource.Routes,
            .. TokenResource.Routes,
            .. RegistrationResource.Routes,
            .. ConfigurationResource.Routes,
            new AdminRoute(
                "GET", "/openapi.json", "getDescription", "Describes this API.", _ => OpenApiDocument.Of(Routes!, key is not null)),
        ];
    }

    /// <summary>All that it can be asked.</summary>
    public IReadOnlyList<AdminRoute> Routes { get; }

    public RequestFacts Describe(EndpointRequest request) => new(Leg.Other);

    public EndpointAnswer Refuse(int status, string code, string text) => EndpointAnswer.Json(status, json =>
    {
        json.WriteString("error", code);
        json.WriteString("message", text);
    });

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        try
        {
            // Who follows a link to the dashboard comes from another page, and gets files that say nothing.
            var page = DashboardPages.AnswerTo(request);
            if (!IsOwnOrigin(request) && (page is null || !IsVisit(request)))
                return Refuse(403, "foreign_origin", "Requests of other web pages are refused.");

            if (page is not null)
                return page;

            List<(AdminRoute Route, IReadOnlyDictionary<string, string> Values)> matches = [];
            foreach (var known in Routes)
            {
                if (known.Match(request.Path) is { } fields)
                    matches.Add((known, fields));
            }

            if (matches.Count == 0)
                return Refuse(404, "not_found", $"There is nothing at {request.Path}. The description is at /openapi.json.");

            // No body for HEAD: the answer to GET says all that is needed.
            var (route, values) = matches.Find(match => match.Route.Method == request.Method);
            if (route is null)
            {
                var allowed = string.Join(", ", matches.Select(match => match.Route.Method));
                return Refuse(
                    405, "method_not_allowed", $"{request.Path} takes {allowed}, not {request.Method}.").WithHeader("Allow", allowed);
            }

            if (!route.IsOpen && !HasKey(request))
            {
                return Refuse(401, "admin_key_required", "Send the emulator's admin key: Authorization: Bearer KEY.")
                    .WithHeader("WWW-Authenticate", "Bearer");
            }

            if (!request.IsGet && !SaysJson(request))
                return Refuse(415, "unsupported_media_type", $"Send {request.Method} with the header Content-Type: application/json.");

            var answer = await route.AnswerAsync(new AdminCall(_emulator, request, values), cancellationToken).ConfigureAwait(false);
            return answer.WithHeader("Cache-Control", "no-store");
        }
        catch (AdminException e)
        {
            return Refuse(e.Status, e.Code, e.Message);
        }
        catch (Exception e) when (e is EmulatorException or ArgumentException)
        {
            return Refuse(400, "invalid_request", e.Message);
        }
    }

    // A person's, in a window of its own: not a frame, not a script.
    private static bool IsVisit(EndpointRequest request) =>
        request.Headers["Sec-Fetch-Mode"].ToString() == "navigate"
        && request.Headers["Sec-Fetch-Dest"].ToString() == "document"
        && request.Headers.Origin.Count == 0;

    private static bool SaysJson(EndpointRequest request)
    {
        var type = request.Headers.ContentType.ToString();
        var end = type.IndexOf(';', StringComparison.Ordinal);
        return string.Equals((end < 0 ? type : type[..end]).Trim(), "application/json", StringComparison.OrdinalIgnoreCase);
    }

    // Hashes are of one length, without which the comparison would not take constant time.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    // Browsers say where a request comes from; nobody else does.
    private bool IsOwnOrigin(EndpointRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return false;

        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return true;
        var scheme = $"{request.BaseAddress.Scheme}://";
        return origin.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && _names.Mean(request.BaseAddress, origin[scheme.Length..]);
    }

    private bool HasKey(EndpointRequest request)
    {
        const string Scheme = "Bearer ";
        var credential = request.Headers.Authorization.ToString();
        return _keyHash is null
            || (credential.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                && CryptographicOperations.FixedTimeEquals(Hash(credential[Scheme.Length..].Trim()), _keyHash));
    }
}
