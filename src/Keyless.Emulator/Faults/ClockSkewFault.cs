using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Faults;

/// <summary>A host whose clock is wrong: its <c>Date</c> header, and the times of the tokens that it hands out.</summary>
internal sealed record ClockSkewFault(TimeSpan By) : Fault
{
    public const string Name = "clock-skew";

    private static readonly string[] Durations = ["expires_in", "ext_expires_in"];

    internal static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    public override string Kind => Name;

    public static ClockSkewFault Read(FaultReader json) => json.Time("by") is var by && by.Duration() <= Most
        ? new(by)
        : throw json.Wrong("by", json.Require("by"), "at most ten years");

    internal override async ValueTask<EndpointAnswer> AnswerAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var request = context.Request with { TokenChange = new TokenChange { Skew = By } };
        var answer = await (context with { Request = request }).AnswerAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Token is not null)
            answer = JsonBody.Change(answer, ByItsOwnClock);
        return answer.WithHeader("Date", (context.Clock.TokenNow + By).ToString("R", CultureInfo.InvariantCulture));
    }

    internal override void WriteParameters(Utf8JsonWriter json) => json.WriteString("by", Duration.Text(By));

    // By a wrong clock that is wrong all the time, a token lives as long as by a right one.
    private void ByItsOwnClock(JsonObject body)
    {
        foreach (var name in Durations)
        {
            if (body[name] is JsonValue value && long.TryParse(value.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var left))
                body[name] = (left - (long)By.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
