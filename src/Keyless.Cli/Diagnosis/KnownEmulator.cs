using System.Text.Json;
using Keyless.Cli.Administration;

namespace Keyless.Cli.Diagnosis;

/// <summary>An emulator that this user runs, as far as it tells.</summary>
/// <param name="Admin">Where its admin API is.</param>
/// <param name="Authority">Where its token issuer is. Null: it asks for a key, and says no more.</param>
/// <param name="ClockOffset">How far its clock is ahead of the machine's.</param>
/// <param name="TokensTellRealTime">Whether the times in its tokens are the machine's, however far its own clock was moved.</param>
/// <param name="Skew">By how much what it tells others differs from that, such as <c>10m</c>.</param>
/// <param name="Hosts">Its hosts.</param>
internal sealed record KnownEmulator(
    Uri Admin, Uri? Authority, TimeSpan ClockOffset, bool TokensTellRealTime, string Skew, IReadOnlyList<KnownHost> Hosts)
{
    public static async Task<IReadOnlyList<KnownEmulator>> FindAsync(ToolContext context, CancellationToken cancellationToken)
    {
        var found = new List<KnownEmulator>();
        foreach (var record in AdminFile.ReadAll(context.Environment).Where(each => each.Admin.IsLoopback))
        {
            if (!await AdminClient.IsAliveAsync(record.Admin, cancellationToken))
                continue;
            using var client = AdminClient.Of(record.Admin, AdminOptions.ReadKey(null, context));
            found.Add(Of(record.Admin, await client.TryGetStateAsync(cancellationToken)));
        }

        return found;
    }

    private static KnownEmulator Of(Uri admin, JsonElement? state)
    {
        if (state is not { } known)
            return new KnownEmulator(admin, null, TimeSpan.Zero, TokensTellRealTime: true, "0s", []);

        var clock = known.GetProperty("clock");
        return new KnownEmulator(
            admin,
            new Uri(known.GetProperty("authority").GetString()!),
            clock.GetProperty("now").GetDateTimeOffset() - clock.GetProperty("realNow").GetDateTimeOffset(),
            clock.GetProperty("tokenTimes").GetString() == "real",
            clock.GetProperty("skew").GetString()!,
            [.. known.GetProperty("hosts").EnumerateArray().Select(KnownHost.Of)]);
    }
}

/// <summary>A host of a running emulator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Endpoint">Where tokens are asked for.</param>
/// <param name="Variables">What its processes see; secrets among them.</param>
/// <param name="Problem">Why it cannot hand out tokens. Null: it can.</param>
internal sealed record KnownHost(string Name, Uri Endpoint, IReadOnlyDictionary<string, string> Variables, string? Problem)
{
    public static KnownHost Of(JsonElement host) => new(
        host.GetProperty("name").GetString()!,
        new Uri(host.GetProperty("endpoint").GetString()!),
        host.GetProperty("variables").EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!, StringComparer.Ordinal),
        host.GetProperty("problem").GetString());

    /// <summary>Names the host; never its secret.</summary>
    public override string ToString() => $"{Name} at {Endpoint}";
}
