using System.Globalization;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Journaling;

/// <summary>One request and its answer. Tokens and secrets stand in it as hashes.</summary>
/// <remarks>
/// It is in the journal from the moment the request has arrived; what the answer says is null until there is one. What it costs to
/// read a member is paid by the reader, not by the request.
/// </remarks>
public sealed partial class JournalEntry
{
    private readonly Recorded _recorded;
    private readonly Lazy<Rendering> _rendering;
    private volatile Ending? _ending;

    internal JournalEntry(Recorded recorded)
    {
        _recorded = recorded;
        _rendering = new Lazy<Rendering>(() => new Rendering(_recorded, Answer), LazyThreadSafetyMode.None);
    }

    /// <summary>Its number: 1 for the emulator's first request, counted over all of its hosts.</summary>
    public long Number => _recorded.Number;

    /// <summary>When the request arrived, by the emulator's clock.</summary>
    public DateTimeOffset Time => _recorded.Time;

    /// <summary>When the request arrived, by the machine's clock.</summary>
    public DateTimeOffset RealTime => _recorded.RealTime;

    /// <summary>The name of the host that it came to; <c>authority</c> for the token issuer.</summary>
    public string Host => _recorded.Host;

    /// <summary>The platform of that host. Null: it is the token issuer.</summary>
    public SourceKind? Source => _recorded.Source;

    /// <summary>Which step of a client's work it is.</summary>
    public Leg Leg => _recorded.Facts.Leg;

    /// <summary>The HTTP method, in upper case.</summary>
    public string Method => _recorded.Request.Method;

    /// <summary>The decoded path, without doubled or trailing slashes.</summary>
    public string Path => Render().Path;

    /// <summary>The query's parameters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query => Render().Query;

    /// <summary>The form's parameters; empty where the body is none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form => Render().Form;

    /// <summary>The request's headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => Render().Headers;

    /// <summary>The identity whose token it asks for. Null: none, or none that the host has.</summary>
    public EmulatedIdentity? Identity => _recorded.Facts.Identity;

    /// <summary>
    /// What it names that identity by, such as <c>client_id=…</c>, as it stands in the query. Null: it leaves the choice to the host.
    /// </summary>
    public string? Selector => _recorded.Facts.Selectors is { Count: > 0 } selectors
        ? Render().Redact(string.Join('&', selectors.Select(selector => $"{selector.Parameter.Name}={selector.Value}")))
        : null;

    /// <summary>The resource that it asks for. Null: none.</summary>
    public string? Resource => _recorded.Facts.Resource is { } resource ? Render().Redact(resource) : null;

    /// <summary>The fault that fired. Null: none did.</summary>
    public string? Fault => Answer?.Fault;

    /// <summary>The answer's HTTP status. Null: there is no answer yet, or the client went away before there was one.</summary>
    public int? Status => Answer?.Status;

    /// <summary>Whether the client went away before there was an answer.</summary>
    public bool WasAborted => _ending is { Answer: null };

    /// <summary>How long the answer took, by the emulator's clock. Null: there is none yet.</summary>
    public TimeSpan? Duration => _ending?.Duration;

    /// <summary>How long the answer took, by the machine's clock. Null: there is none yet.</summary>
    public TimeSpan? RealDuration =>
        _ending is { } ending ? TimeProvider.System.GetElapsedTime(_recorded.Timestamp, ending.Timestamp) : null;

    /// <summary>The part of <see cref="Duration"/> that faults let pass. Zero: none.</summary>
    public TimeSpan Delay => Answer?.Delay ?? TimeSpan.Zero;

    /// <summary>The length of the request's body in bytes.</summary>
    public int RequestLength => _recorded.RequestLength;

    /// <summary>The length of the answer's body in bytes. Null: there is none yet.</summary>
    public int? AnswerLength => Answer?.Body.Length;

    /// <summary>The answer's headers; empty until there is one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AnswerHeaders => Render().AnswerHeaders;

    /// <summary>The answer's body. Null: there is none, it is longer than 16 KiB, or it holds a token that is real.</summary>
    public string? AnswerBody => Render().AnswerBody;

    /// <summary>The id of the token that was handed out, its <c>uti</c>. Null: none was.</summary>
    public string? TokenId => Render().TokenId;

    /// <summary>The SHA-256 of the token that was handed out, in lower-case hexadecimal. Null: none was.</summary>
    public string? TokenSha256 => Answer?.Token?.Sha256;

    /// <summary>The tokens that the request and the answer hold, by their hashes and claims.</summary>
    public IReadOnlyList<JournalToken> Tokens => Render().Tokens;

    /// <summary>Which client library probably sent it, such as <c>MSAL.NET</c>. Null: it does not say.</summary>
    public string? Sdk => Render().Sdk;

    /// <summary>
    /// The ids by which request and answer can be found elsewhere, by the name of their header, or of their member in an error's body.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> CorrelationIds => Render().CorrelationIds;

    /// <summary>Why the host could make nothing of it, as far as that can be guessed. Null: nothing to say.</summary>
    public string? Hint => Status >= 400 ? Misdirection.HintFor(_recorded.Request, _recorded.Source) : null;

    /// <summary>What the fault that fired was, as JSON and with the delay that there was. Null: none did, or it is no plan's.</summary>
    internal string? Cause => Render().Cause;

    internal string? AnswerType => Answer?.ContentType;

    internal bool IsEnded => _ending is not null;

    /// <summary>When it arrived, in ticks of the machine's clock.</summary>
    internal long Begin => _recorded.Timestamp;

    /// <summary>When it was answered, in ticks of the machine's clock; the end of time until then.</summary>
    internal long End => _ending?.Timestamp ?? long.MaxValue;

    /// <summary>The address that the host listens on.</summary>
    internal Uri BaseAddress => _recorded.Request.BaseAddress;

    private Endpoints.EndpointAnswer? Answer => _ending?.Answer;

    /// <summary>One line about it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"#{Number} {Time:HH:mm:ss.fff} {Host} {Method} {Path}: "
        + $"{Status?.ToString(CultureInfo.InvariantCulture) ?? (WasAborted ? "gone" : "open")}");

    internal void Close(Ending ending) => _ending = ending;

    // Until the answer is there, whatever is rendered is not kept.
    private Rendering Render()
    {
        if (!IsEnded)
            return new Rendering(_recorded, null);
        lock (_recorded)
            return _rendering.Value;
    }
}
