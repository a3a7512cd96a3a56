using System.Globalization;
using Keyless.Emulator.Journaling;

namespace Keyless.Emulator.Faults;

/// <summary>What is known of an answer that was given once, and the fault that gives it again.</summary>
internal sealed record RecordedAnswer
{
    // Whatever it was recorded with, no token goes on from here.
    private static readonly Redaction Redaction = new(showSecrets: false);

    public required Leg Leg { get; init; }

    /// <summary>The HTTP status. Null: the client went away before there was one.</summary>
    public required int? Status { get; init; }

    /// <summary>When the request came, by the clock that a date in <c>Retry-After</c> goes by. Null: unknown.</summary>
    public DateTimeOffset? Time { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body's type. Null: none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body. Null: it is not known.</summary>
    public string? Body { get; init; }

    /// <summary>What passed before the answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The fault that made it. Null: none did, or none that is known.</summary>
    public Fault? Cause { get; init; }

    /// <summary>The fault that gives it again. Where the answer was a success, it is the host's own, with a token of that time.</summary>
    /// <exception cref="EmulatorException">It cannot be given again.</exception>
    public Fault ToFault()
    {
        if (Cause is not null)
            return Cause;

        var fault = Repeat();
        return Delay > TimeSpan.Zero ? fault.After(Delay < FaultDelay.Longest ? Delay : FaultDelay.Longest) : fault;
    }

    private Fault Repeat() => Status switch
    {
        null => Fault.Hang(),
        401 when Leg == Leg.Challenge => Fault.Pass(),
        >= 300 and < 400 when Header("Location") is { } location => Redirect(Status.Value, location),
        < 400 => Fault.Pass(),
        { } status when Body is null => Fault.Status(status, retryAfter: Pause()),
        { } status when Body.Length == 0 => Fault.Status(status, body: FaultBody.Empty, retryAfter: Pause(), server: Server()),
        { } status => Fault.Answer(status, Redaction.Text(Body), Sendable(ContentType) ?? "text/plain", Pause(), Server()),
    };

    private static RedirectFault Redirect(int status, string location)
    {
        try
        {
            return RedirectFault.Of(status, location);
        }
        catch (ArgumentException exception)
        {
            throw new EmulatorException(
                $"The answer is a redirect to another machine, which the emulator never gives. {exception.Message}", exception);
        }
    }

    private static string? Sendable(string? text) => text is not null && HeaderText.IsValid(text) ? text : null;

    private string? Server() => Sendable(Header("Server"));

    // A date is as far ahead as it was.
    private RetryAfter? Pause()
    {
        if (Sendable(Header("Retry-After")) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return RetryAfter.Seconds(TimeSpan.FromSeconds(seconds));
        return Time is { } time && DateOf(text) is { } date ? RetryAfter.Date(date - time) : RetryAfter.Text(text);
    }

    private static DateTimeOffset? DateOf(string text) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
