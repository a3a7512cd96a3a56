using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Admin;

/// <summary>What an emulator is and whether it is ready.</summary>
internal static class StateResource
{
    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new("GET", "/", "getState", "Says what is emulated: hosts, identities, clock, and how many faults and requests there are.", State),
        new("GET", "/healthz", "isAlive", "Answers as long as the process is alive.", _ => Status("alive")) { IsOpen = true },
        new(
            "GET",
            "/readyz",
            "isReady",
            "Answers 200 once all endpoints listen and a key is there to sign with, 503 before that.",
            ReadyAsync) { IsOpen = true },
        new(
            "POST",
            "/shutdown",
            "shutDown",
            "Ends the emulator, where it is a program of its own. Requests that are under way are answered first.",
            ShutDown),
    ];

    private static EndpointAnswer State(AdminCall call)
    {
        var emulator = call.Emulator;
        return EndpointAnswer.Json(200, json =>
        {
            json.WriteString("admin", call.Request.BaseAddress.AbsoluteUri);
            json.WriteString("authority", emulator.Authority.AbsoluteUri);
            json.WriteString("tenantId", emulator.TenantId);
            json.WriteNumber("process", Environment.ProcessId);
            json.WriteString("startedOn", emulator.StartedOn);
            AdminJson.WriteNullable(json, "passthrough", emulator.PassthroughNotice);
            json.WriteStartObject("clock");
            AdminJson.WriteMembers(json, emulator.Clock);
            json.WriteEndObject();
            json.WriteNumber("faultRules", emulator.Faults.Rules.Count + emulator.Hosts.Sum(host => host.Faults.Rules.Count));
            json.WriteNumber("queuedFaults", emulator.Faults.Queue.Count + emulator.Hosts.Sum(host => host.Faults.Queue.Count));
            json.WriteNumber("requests", emulator.Journal.Count);
            json.WriteStartArray("hosts");
            foreach (var host in emulator.Hosts)
                AdminJson.Write(json, host);
            json.WriteEndArray();
            json.WriteStartArray("identities");
            foreach (var entry in emulator.TenantDirectory.Content.Identities)
                IdentityResource.Write(json, entry, emulator);
            json.WriteEndArray();
        });
    }

    private static async ValueTask<EndpointAnswer> ReadyAsync(AdminCall call, CancellationToken cancellationToken)
    {
        if (!call.Emulator.IsListening)
            return Status("starting", 503);

        await call.Emulator.PrepareKeyAsync(cancellationToken).ConfigureAwait(false);
        return Status("ready");
    }

    private static EndpointAnswer ShutDown(AdminCall call)
    {
        if (!call.Emulator.TryShutDown())
        {
            throw new AdminException(
                403, "not_a_program", "This emulator is part of a program, which ends it. Only 'keyless emulate' and 'keyless up' can be ended so.");
        }

        return Status("ending", 202);
    }

    private static EndpointAnswer Status(string text, int status = 200) =>
        EndpointAnswer.Json(status, json => json.WriteString("status", text));
}
