using System.Text.Json;
using Keyless.Cli.Administration;

namespace Keyless.Cli.Background;

/// <summary>A running emulator, as its file and its admin API tell of it.</summary>
internal sealed record EmulatorStatus(
    Uri Admin,
    bool Background,
    int? Process,
    DateTimeOffset? StartedOn,
    string? Authority,
    string? Configuration,
    string? Log,
    bool AsksForKey,
    string? Passthrough,
    long Requests,
    int FaultRules,
    int QueuedFaults,
    ClockStatus? Clock,
    IReadOnlyList<HostStatus> Hosts)
{
    /// <summary>Asks an emulator.</summary>
    /// <exception cref="ToolException">It does not answer, or with something else.</exception>
    public static async Task<EmulatorStatus> ReadAsync(AdminRecord record, string? key, CancellationToken cancellationToken)
    {
        using var client = AdminClient.Of(record.Admin, key);
        if (await client.TryGetStateAsync(cancellationToken) is not { } state)
        {
            return new EmulatorStatus(
                record.Admin,
                record.IsBackground,
                record.Process,
                StartedOn: null,
                Authority: null,
                record.Configuration,
                record.Log,
                AsksForKey: true,
                Passthrough: null,
                Requests: 0,
                FaultRules: 0,
                QueuedFaults: 0,
                Clock: null,
                Hosts: []);
        }

        var clock = state.GetProperty("clock");
        return new EmulatorStatus(
            record.Admin,
            record.IsBackground,
            state.GetProperty("process").GetInt32(),
            state.GetProperty("startedOn").GetDateTimeOffset(),
            state.GetProperty("authority").GetString(),
            record.Configuration,
            record.Log,
            AsksForKey: false,
            state.GetProperty("passthrough").GetString(),
            state.GetProperty("requests").GetInt64(),
            state.GetProperty("faultRules").GetInt32(),
            state.GetProperty("queuedFaults").GetInt32(),
            new ClockStatus(
                clock.GetProperty("now").GetDateTimeOffset(),
                clock.GetProperty("realNow").GetDateTimeOffset(),
                clock.GetProperty("frozen").GetBoolean(),
                clock.GetProperty("speed").GetDouble(),
                clock.GetProperty("skew").GetString()!),
            [.. state.GetProperty("hosts").EnumerateArray().Select(HostStatus.Of)]);
    }
}

/// <summary>An emulator's clock.</summary>
internal sealed record ClockStatus(DateTimeOffset Now, DateTimeOffset RealNow, bool Frozen, double Speed, string Skew);

/// <summary>A host of a running emulator; its variables are left out, since they hold its secret.</summary>
internal sealed record HostStatus(string Name, string Kind, string Endpoint, long Requests, string? Problem)
{
    public static HostStatus Of(JsonElement host) => new(
        host.GetProperty("name").GetString()!,
        host.GetProperty("kind").GetString()!,
        host.GetProperty("endpoint").GetString()!,
        host.GetProperty("requests").GetInt64(),
        host.GetProperty("problem").GetString());
}

/// <summary>The emulators that run, for programs.</summary>
internal sealed record StatusJson(bool Running, IReadOnlyList<EmulatorStatus> Emulators);

/// <summary>What has come of 'keyless up'.</summary>
internal sealed record UpJson(bool AlreadyUp, EmulatorStatus Emulator);

/// <summary>What has come of 'keyless down'.</summary>
internal sealed record DownJson(bool WasRunning, int? Process);

/// <summary>A line of a log. No time: the runtime wrote it.</summary>
internal sealed record LogLineJson(DateTimeOffset? Time, string Text);
