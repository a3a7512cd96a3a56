using System.IO.Compression;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Dashboard;

/// <summary>The dashboard's files. They hold no data and take no key: what they show, the page asks the admin API for.</summary>
internal static class DashboardPages
{
    private const string Folder = "/ui";
    private const string ResourceFolder = "ui/";

    // Whatever a request has brought into the journal, it can load nothing, run nothing and send nothing anywhere.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The names of the files that there are.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(DashboardPages).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourceFolder, StringComparison.Ordinal))
            .Select(name => name[ResourceFolder.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The answer to a request for a page. Null: it is the admin API's to answer.</summary>
    public static EndpointAnswer? AnswerTo(EndpointRequest request)
    {
        if (request is { Path: "/", IsGet: true } && IsPerson(request))
            return Secured(new EndpointAnswer(302, default, null)).WithHeader("Location", $"{Folder}/").WithHeader("Vary", "Accept");
        if (request.Path != Folder && !request.Path.StartsWith($"{Folder}/", StringComparison.Ordinal))
            return null;
        if (!request.IsGet)
            return Secured(Text(405, $"{request.Path} takes GET alone.")).WithHeader("Allow", "GET");

        var name = request.Path.Length > Folder.Length ? request.Path[(Folder.Length + 1)..] : "index.html";
        return Secured(Names.Contains(name, StringComparer.Ordinal)
            ? new EndpointAnswer(200, Read(name), TypeOf(name))
            : Text(404, "There is no such page. The dashboard is at /ui/."));
    }

    // Programs ask for JSON, or for anything.
    private static bool IsPerson(EndpointRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static EndpointAnswer Text(int status, string text) =>
        new(status, System.Text.Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");

    private static EndpointAnswer Secured(EndpointAnswer answer) => answer
        .WithHeader("Content-Security-Policy", Policy)
        .WithHeader("X-Content-Type-Options", "nosniff")
        .WithHeader("Referrer-Policy", "no-referrer")
        .WithHeader("Cache-Control", "no-store");

    private static byte[] Read(string name)
    {
        using var resource = typeof(DashboardPages).Assembly.GetManifestResourceStream(ResourceFolder + name)!;
        using var page = new GZipStream(resource, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        page.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };
}
