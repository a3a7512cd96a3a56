using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Keyless.Caching;
using Keyless.Diagnostics;
using Keyless.Sources;

namespace Keyless.Pipeline;

/// <summary>What came of one attempt: an entry, or a failure and the cue that the retry table goes by.</summary>
internal readonly struct AttemptOutcome(TokenEntry? entry, TokenFailure? failure, RetryCue cue)
{
    public TokenEntry? Entry { get; } = entry;

    public TokenFailure? Failure { get; } = failure;

    public RetryCue Cue { get; } = cue;
}

/// <summary>One attempt: the request, the challenge where the source has one, and what the answer means.</summary>
internal readonly struct EndpointAttempt(PipelineSettings settings, SourceConnection connection)
{
    private readonly EntryBuilder _entries = new(settings);

    /// <exception cref="OperationCanceledException">The time budget is used up.</exception>
    public ValueTask<Sending> SendAsync(bool async, EndpointRequest request, TimeBudget budget) =>
        settings.Transport.SendAsync(async, request, connection, settings.Limits.Attempt, budget);

    /// <summary>Whether an answer is the challenge that this kind of source sends first.</summary>
    public bool IsChallenged(Sending sending) => sending.Answer?.Status == 401 && connection.Source is IChallengedSource;

    /// <summary>Answers a challenge, and judges what comes then.</summary>
    /// <exception cref="OperationCanceledException">The time budget is used up.</exception>
    public async ValueTask<AttemptOutcome> AnswerAsync(bool async, Answer challenge, EndpointRequest request, TokenQuery query, TimeBudget budget)
    {
        var source = (IChallengedSource)connection.Source;
        Secret key;
        Log.ReadingKey(settings.Logger, query.CorrelationId);
        try
        {
            using (challenge)
                key = await ReadKeyAsync(async, source, challenge.Challenges, budget).ConfigureAwait(false);
        }
        catch (ManagedIdentityException e)
        {
            return new AttemptOutcome(entry: null, e.Failure, RetryCue.FromStatus(401));
        }

        return Judge(await SendAsync(async, source.Answer(request, key), budget).ConfigureAwait(false), query, budget, key);
    }

    /// <summary>What came of it.</summary>
    public AttemptOutcome Judge(Sending sending, TokenQuery query, TimeBudget budget, Secret? key = null)
    {
        if (sending.Answer is not { } answer)
            return new AttemptOutcome(entry: null, Describe(sending), RetryCue.FromFault(sending.Fault));
        using (answer)
            return Judge(answer, query, budget.Elapsed, key);
    }

    public static string WhyUnreachable(Exception? cause)
    {
        for (var e = cause; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => "connection refused",
                    SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route to it",
                    SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "its name can't be resolved",
                    var code => code.ToString(),
                };
            }

            if (e is TimeoutException)
                return "no reaction";
        }

        return cause?.GetType().Name ?? "unknown reason";
    }

    // Opening a file can block for ever (a pipe, a dead network drive), so it is done where it can be left behind.
    [SuppressMessage("Usage", "VSTHRD103:Call async methods when in an async method", Justification = "The synchronous path is meant to block.")]
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The synchronous path is meant to block, on a thread of its own.")]
    private async ValueTask<Secret> ReadKeyAsync(bool async, IChallengedSource source, IReadOnlyList<string> challenges, TimeBudget budget)
    {
        using var rest = budget.Share(budget.Remaining);
        var from = connection;
        var reading = Task.Factory.StartNew(
            () => source.ReadKey(challenges, from), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (async)
            return await reading.WaitAsync(rest.Token).ConfigureAwait(false);

        // Wait throws an aggregate where the result throws the failure itself.
        if (!reading.IsCompleted)
            Task.WaitAny([reading], rest.Token);
        return reading.GetAwaiter().GetResult();
    }

    private AttemptOutcome Judge(Answer answer, TokenQuery query, TimeSpan elapsed, Secret? key)
    {
        var cue = RetryCue.FromStatus(answer.Status);
        if (AnswerReader.Read(answer, connection, out var failure, connection.Secret, key) is { } response)
        {
            var entry = _entries.Build(response, connection, query, elapsed, key, out failure);
            return new AttemptOutcome(entry, failure, cue);
        }

        var wait = RetryAfter.Read(answer.Header("Retry-After"), settings.Time.GetUtcNow())
            ?? (answer.Status == 429 ? RetryAfter.ReadText(answer.Body) : null);
        return new AttemptOutcome(entry: null, failure! with { RetryAfter = wait, HostAnswer = Quote(answer, key) }, cue);
    }

    private HostAnswer Quote(Answer answer, Secret? key)
    {
        // Headers can't be made without the message that they belong to.
        var clean = new HttpResponseMessage().Headers;
        if (answer.Headers is { } received)
        {
            foreach (var (name, values) in received.NonValidated)
            {
                foreach (var value in values)
                    clean.TryAddWithoutValidation(name, Redaction.Clean(value, connection.Secret, key));
            }
        }

        return new HostAnswer(Redaction.Clean(answer.Body, connection.Secret, key), clean);
    }

    private TokenFailure Describe(Sending sending)
    {
        return sending.Fault switch
        {
            TransportFault.ConnectFailed => Failed(FailureKind.EndpointUnreachable, connection.AnnouncedBy is { } announcer
                ? $"The endpoint that {announcer} announces could not be connected to: {WhyUnreachable(sending.Cause)}."
                : $"The endpoint could not be connected to: {WhyUnreachable(sending.Cause)}."),
            TransportFault.CertificateRefused => Failed(FailureKind.CertificateRefused, connection.Thumbprint is null
                ? "The endpoint's certificate is not trusted by this machine."
                : $"The endpoint's certificate is not the one that {Variables.IdentityServerThumbprint} names ({connection.Thumbprint})."),
            TransportFault.NotHttp => Failed(
                FailureKind.NotAnEndpoint, "What answers there is not a managed identity endpoint: it does not speak HTTP."),
            TransportFault.TimedOut => Failed(
                FailureKind.TimedOut, FormattableString.Invariant($"An attempt was not answered within {settings.Limits.Attempt.TotalSeconds:0.#} s.")),
            _ => Failed(FailureKind.ConnectionLost, "The connection broke before the answer was whole."),
        };

        TokenFailure Failed(FailureKind kind, string message) => new(kind, message) { Cause = sending.Cause };
    }
}
