using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Faults;

/// <summary>The host's own answer, sent in a way that no client can make use of.</summary>
internal abstract record DeliveryFault : Fault
{
    internal abstract Delivery Delivery { get; }

    internal override async ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken) =>
        await context.AnswerAsync(cancellationToken).ConfigureAwait(false) with { Delivery = Delivery };
}

/// <summary>No answer, or no end of it.</summary>
internal sealed record HangFault(HangPoint At) : DeliveryFault
{
    public const string Name = "hang";

    public override string Kind => Name;

    internal override Delivery Delivery =>
        new(At == HangPoint.BeforeAnswer ? DeliveryManner.HangBeforeHead : DeliveryManner.HangAfterHead);

    public static HangFault Read(FaultReader json) => new(json.OneOf("at", HangPoint.BeforeAnswer));

    internal override void WriteParameters(Utf8JsonWriter json)
    {
        if (At != HangPoint.BeforeAnswer)
            json.WriteString("at", KebabCase.Of(At));
    }
}

/// <summary>A few bytes at a time.</summary>
internal sealed record DripFault(TimeSpan Interval, int Bytes, bool WithHeaders) : DeliveryFault
{
    public const string Name = "drip";

    public override string Kind => Name;

    internal override Delivery Delivery =>
        new(WithHeaders ? DeliveryManner.Drip : DeliveryManner.DripBody) { Interval = Interval, Portion = Bytes };

    public static DripFault Read(FaultReader json)
    {
        var interval = json.Time("interval");
        if (interval < TimeSpan.Zero || interval > FaultDelay.Longest)
            throw json.Wrong("interval", json.Require("interval"), "a time from nothing to a day");
        return new(interval, json.OptionalInt("bytes", 1, 1 << 20) ?? 1, json.OptionalFlag("headers") ?? false);
    }

    internal override void WriteParameters(Utf8JsonWriter json)
    {
        json.WriteString("interval", Duration.Text(Interval));
        if (Bytes != 1)
            json.WriteNumber("bytes", Bytes);
        if (WithHeaders)
            json.WriteBoolean("headers", true);
    }
}

/// <summary>A connection that ends, or stops being HTTP.</summary>
internal sealed record CutFault(CutPoint At) : DeliveryFault
{
    public const string Name = "cut";

    public override string Kind => Name;

    internal override Delivery Delivery => new(At switch
    {
        CutPoint.ResetAfterHeaders => DeliveryManner.ResetAfterHead,
        CutPoint.ResetInBody => DeliveryManner.ResetInBody,
        CutPoint.CloseBeforeAnswer => DeliveryManner.CloseBeforeHead,
        CutPoint.ShortBody => DeliveryManner.ShortBody,
        CutPoint.BadChunk => DeliveryManner.BadChunk,
        CutPoint.GarbageStatusLine => DeliveryManner.GarbageStatusLine,
        _ => DeliveryManner.ResetBeforeHead,
    });

    public static CutFault Read(FaultReader json) => new(json.OneOf("at", CutPoint.ResetBeforeAnswer));

    internal override void WriteParameters(Utf8JsonWriter json)
    {
        if (At != CutPoint.ResetBeforeAnswer)
            json.WriteString("at", KebabCase.Of(At));
    }
}

/// <summary>Where an answer stops.</summary>
public enum HangPoint
{
    /// <summary>Before its first byte.</summary>
    BeforeAnswer,

    /// <summary>Behind its headers.</summary>
    AfterHeaders,
}

/// <summary>Where and how a connection breaks.</summary>
public enum CutPoint
{
    /// <summary>It is reset (RST) before anything is sent.</summary>
    ResetBeforeAnswer,

    /// <summary>It is reset (RST) behind the headers.</summary>
    ResetAfterHeaders,

    /// <summary>It is reset (RST) in the middle of the body.</summary>
    ResetInBody,

    /// <summary>It is closed (FIN) before anything is sent.</summary>
    CloseBeforeAnswer,

    /// <summary>It is closed (FIN) in the middle of a body whose whole length the headers announce.</summary>
    ShortBody,

    /// <summary>A chunk of the body begins with what is no length.</summary>
    BadChunk,

    /// <summary>What is sent does not begin with a status line.</summary>
    GarbageStatusLine,
}
