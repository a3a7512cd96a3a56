using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Keyless.Caching;
using Keyless.Diagnostics;
using Keyless.Sources;

namespace Keyless.Pipeline;

/// <summary>One acquisition: describe the request, send it, read the answer, and try again as the retry table says, within the time budget.</summary>
internal sealed class EndpointFetch(PipelineSettings settings, SourceConnection connection, TokenQuery query) : TokenFetch
{
    private readonly EndpointAttempt _attempt = new(settings, connection);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<FetchResult> RunAsync(bool async, AcquisitionReason reason, string? rejectedToken)
    {
        using var activity = Telemetry.StartAcquisition(connection.Kind, reason);
        var start = settings.Time.GetTimestamp();
        Log.Asking(settings.Logger, connection.Kind, connection.Address, query.Resource, query.Identity, reason, query.CorrelationId);

        var asked = rejectedToken is null ? query : query with { RejectedTokenHash = Hash(rejectedToken) };
        FetchResult result;
        try
        {
            result = await RepeatAsync(async, connection.Source.Describe(connection, asked)).ConfigureAwait(false);
        }
        catch (ManagedIdentityException e)
        {
            // The source can't be asked for this identity: nothing was sent.
            result = new FetchResult(entry: null, Complete(e.Failure, attempts: 0, TimeSpan.Zero));
        }

        var elapsed = settings.Time.GetElapsedTime(start);
        Telemetry.Acquired(activity, connection.Kind, reason, result.Failure, elapsed);
        Report(result, reason, elapsed);
        return result;
    }

    internal static string Hash(string token) =>
        string.Create(64, SHA256.HashData(Encoding.UTF8.GetBytes(token)), static (text, hash) =>
        {
            const string Digits = "0123456789abcdef";
            for (var i = 0; i < hash.Length; i++)
            {
                text[2 * i] = Digits[hash[i] >> 4];
                text[(2 * i) + 1] = Digits[hash[i] & 0xf];
            }
        });

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FetchResult> RepeatAsync(bool async, EndpointRequest request)
    {
        var budget = new TimeBudget(settings.Time, settings.Limits.Initially(connection.IsAnnounced));
        var attempts = 0;
        var proven = connection.IsAnnounced;
        RetryCue? first = null;
        TokenFailure? last = null;

        try
        {
            if (settings.Gates.Remaining(connection.Address, settings.Time.GetUtcNow()) is var closed && closed > TimeSpan.Zero)
            {
                if (closed > budget.Remaining)
                    return new FetchResult(entry: null, Complete(StillThrottled(closed), attempts, budget.Elapsed));
                await Pause.ForAsync(async, closed, settings.Time).ConfigureAwait(false);
            }

            // Waiting for a host that is still starting takes nothing from the repetitions of what it then answers.
            var (repetitions, reconnections) = (0, 0);
            while (true)
            {
                attempts++;
                var sending = await _attempt.SendAsync(async, request, budget).ConfigureAwait(false);
                var outcome = _attempt.IsChallenged(sending)
                    ? await _attempt.AnswerAsync(async, sending.Answer!, request, query, budget).ConfigureAwait(false)
                    : _attempt.Judge(sending, query, budget);
                if (outcome.Entry is not null)
                    return new FetchResult(outcome.Entry, failure: null);

                last = outcome.Failure!;
                var reconnects = outcome.Cue.Fault == TransportFault.ConnectFailed;
                if (!reconnects)
                    first ??= outcome.Cue;
                var retry = reconnects ? reconnections++ : repetitions++;
                proven |= AnswerReader.ProvesPresence(last);
                GrantTime(budget, proven, first);

                if (!settings.Retries || retry >= RetryTable.Retries(connection.Kind, connection.IsAnnounced, first ?? outcome.Cue, outcome.Cue))
                    return new FetchResult(entry: null, Complete(AsAbsence(last, proven), attempts, budget.Elapsed));

                var pause = RetrySchedule.PauseBefore(connection.Kind, outcome.Cue, retry, last.RetryAfter, settings.Random());
                if (outcome.Cue.Status == 429)
                    settings.Gates.Close(connection.Address, settings.Time.GetUtcNow(), pause);
                if (pause >= budget.Remaining)
                    return new FetchResult(entry: null, Complete(AsAbsence(OutOfTime(last, budget, pause), proven), attempts, budget.Elapsed));

                ReportRetry(attempts, last, outcome.Cue, pause);
                await Pause.ForAsync(async, pause, settings.Time).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return new FetchResult(entry: null, Complete(AsAbsence(Spent(last, budget), proven), attempts, budget.Elapsed));
        }
    }

    private void GrantTime(TimeBudget budget, bool proven, RetryCue? first)
    {
        if (proven)
            budget.ExtendTo(settings.Limits.OnceProven);
        if (connection.Kind == SourceKind.Imds && first?.Status == 410)
            budget.ExtendTo(settings.Limits.OnceUpdating);
    }

    // Where nothing announced an endpoint and nothing has shown that there is one, there is none.
    private TokenFailure AsAbsence(TokenFailure failure, bool proven) =>
        proven || failure.Kind is not (FailureKind.EndpointUnreachable or FailureKind.ConnectionLost or FailureKind.TimedOut)
            ? failure
            : new TokenFailure(
                FailureKind.NoManagedIdentity,
                $"This machine has no managed identity: no variable announces an endpoint, and nothing answers at {connection.Address} ({Reason(failure)}).")
            {
                Cause = failure.Cause,
            };

    private static string Reason(TokenFailure failure) => failure.Kind switch
    {
        FailureKind.TimedOut => "it was silent",
        FailureKind.ConnectionLost => "the connection broke",
        _ => EndpointAttempt.WhyUnreachable(failure.Cause),
    };

    private TokenFailure Complete(TokenFailure failure, int attempts, TimeSpan elapsed) => failure with
    {
        Source = connection.Kind,
        Endpoint = connection.Address,
        Resource = query.Resource,
        Identity = query.Identity,
        CorrelationId = query.CorrelationId,
        Attempts = attempts,
        Elapsed = elapsed,
        IsFallbackSafe = query.Identity.Kind == ManagedIdentityKind.SystemAssigned
            && (failure.Kind is FailureKind.NoManagedIdentity or FailureKind.IdentityNotFound
                || (failure.Kind == FailureKind.NotAnEndpoint && !connection.IsAnnounced)),
    };

    private TokenFailure StillThrottled(TimeSpan closed) => new(
        FailureKind.Throttled,
        $"{connection.Kind.DisplayName()} has asked to be left alone for longer than the time budget lasts; nothing was sent.")
    {
        RetryAfter = closed,
    };

    private static TokenFailure OutOfTime(TokenFailure failure, TimeBudget budget, TimeSpan pause) => failure with
    {
        Message = FormattableString.Invariant($"{failure.Message} The next attempt, due in {pause.TotalSeconds:0.0} s, would exceed the time budget of {budget.Total.TotalSeconds:0.#} s."),
        RetryAfter = pause,
    };

    private static TokenFailure Spent(TokenFailure? last, TimeBudget budget) => new(
        FailureKind.TimedOut,
        FormattableString.Invariant($"The time budget of {budget.Total.TotalSeconds:0.#} s ran out before the endpoint answered.")
        + (last is null ? "" : $" The attempt before failed so: {last.Message}"))
    {
        StatusCode = last?.StatusCode,
        HostErrorCode = last?.HostErrorCode,
        HostMessage = last?.HostMessage,
        HostCorrelationId = last?.HostCorrelationId,
        HostAnswer = last?.HostAnswer,
        Cause = last?.Cause,
    };

    private void ReportRetry(int attempts, TokenFailure failure, RetryCue cue, TimeSpan pause)
    {
        Telemetry.Retries.Add(1, new KeyValuePair<string, object?>("keyless.source", connection.Kind.ToString()));

        // A host that is still starting is one line, not one line each second.
        if (cue.Fault == TransportFault.ConnectFailed && attempts > 1)
            Log.Reconnecting(settings.Logger, attempts, query.Resource, connection.Address, pause, query.CorrelationId);
        else
            Log.Retrying(settings.Logger, attempts, query.Resource, connection.Kind, failure.Kind, (int?)failure.StatusCode, pause, query.CorrelationId);
    }

    private void Report(FetchResult result, AcquisitionReason reason, TimeSpan elapsed)
    {
        if (result.Entry is { } entry)
            Log.Acquired(settings.Logger, query.Resource, connection.Kind, elapsed, entry.ExpiresOn, query.CorrelationId);
        else if (result.Failure is { Kind: FailureKind.NoManagedIdentity } absent)
            Log.Absent(settings.Logger, absent);
        else if (reason != AcquisitionReason.RefreshAhead)
            Log.Failed(settings.Logger, result.Failure!);
    }
}
