using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Admin;

/// <summary>The virtual hosts, with the variables that lead programs to them.</summary>
internal static class HostResource
{
    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new("GET", "/hosts", "listHosts", "Lists the virtual hosts, with the variables that a process on each of them sees.", List),
        new("GET", "/hosts/{host}", "getHost", "Describes one virtual host.", Get),
    ];

    private static EndpointAnswer List(AdminCall call) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("hosts");
        foreach (var host in call.Emulator.Hosts)
            AdminJson.Write(json, host);
        json.WriteEndArray();
    });

    private static EndpointAnswer Get(AdminCall call)
    {
        var host = call.Host(call.Path["host"]);
        return EndpointAnswer.Json(200, json =>
        {
            json.WritePropertyName("host");
            AdminJson.Write(json, host);
        });
    }
}
