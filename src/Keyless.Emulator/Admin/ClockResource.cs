using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Admin;

/// <summary>The emulator's clock.</summary>
internal static class ClockResource
{
    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new("GET", "/clock", "getClock", "Says what time it is for the emulator, and how that time goes on.", Answer),
        new("POST", "/clock/freeze", "freezeClock", "Stops the clock.", Change((clock, _) => clock.Freeze())),
        new(
            "POST",
            "/clock/resume",
            "resumeClock",
            "Lets the clock run again, from where it stands.",
            Change((clock, _) => clock.Resume())),
        new("POST", "/clock/advance", "advanceClock", "Moves the clock forward; what comes due on the way happens.", Change(Advance))
        {
            Body = [new("by", "string", "How far, such as 90s, 5m, 25h or 1d.", IsRequired: true)],
        },
        new("POST", "/clock/set", "setClock", "Sets the clock.", Change(Set))
        {
            Body = [new("time", "string", "The new time, in ISO 8601 with its offset, such as 2026-03-15T09:00:00Z.", IsRequired: true)],
        },
        new("POST", "/clock/speed", "setClockSpeed", "Lets the clock run faster or slower.", Change(Speed))
        {
            Body = [new("factor", "number", "How many seconds pass in one, more than 0.", IsRequired: true)],
        },
        new(
            "POST",
            "/clock/skew",
            "setClockSkew",
            "Lets the times that others are told differ from the clock, which stays as it is.",
            Change(Skew))
        {
            Body = [new("by", "string", "By how much, such as 10m; -10m: they are behind; 0s: they don't.", IsRequired: true)],
        },
    ];

    private static Func<AdminCall, EndpointAnswer> Change(Action<EmulatorClock, FaultReader> change) => call =>
    {
        var body = call.Body();
        change(call.Emulator.Clock, body);
        return Answer(call);
    };

    private static EndpointAnswer Answer(AdminCall call) =>
        EndpointAnswer.Json(200, json => AdminJson.WriteMembers(json, call.Emulator.Clock));

    private static void Advance(EmulatorClock clock, FaultReader body)
    {
        var by = body.Time("by");
        body.RejectOthers();
        if (by < TimeSpan.Zero)
            throw AdminException.Invalid($"body.by is {Duration.Text(by)}. The clock advances forward only; set it, if it is to go back.");
        Require(clock.GetUtcNow(), by);
        clock.Advance(by);
    }

    private static void Set(EmulatorClock clock, FaultReader body)
    {
        var member = body.Require("time");
        body.RejectOthers();
        if (member.ValueKind != JsonValueKind.String || !member.TryGetDateTimeOffset(out var time) || !member.GetString()!.AsSpan(10).ContainsAny("Zz+-"))
            throw body.Wrong("time", member, "a time with its offset, such as 2026-03-15T09:00:00Z");
        Require(time, TimeSpan.Zero);
        clock.Set(time);
    }

    private static void Speed(EmulatorClock clock, FaultReader body)
    {
        if (body.OptionalNumber("factor", 0.001, EmulatorClock.MaxSpeed) is not { } factor)
            throw AdminException.Invalid("body.factor is missing.");
        body.RejectOthers();
        clock.Speed = factor;
    }

    private static void Skew(EmulatorClock clock, FaultReader body)
    {
        var by = body.Time("by");
        body.RejectOthers();
        Require(clock.GetUtcNow(), by);
        clock.Skew = by;
    }

    // Tokens must be able to say the time, and when they end.
    private static void Require(DateTimeOffset time, TimeSpan by)
    {
        if (by > TimeSpan.FromDays(36500) || by < TimeSpan.FromDays(-36500) || (time + by).Year is < 1980 or > 2200)
            throw AdminException.Invalid("The clock goes from the year 1980 to 2200.");
    }
}
