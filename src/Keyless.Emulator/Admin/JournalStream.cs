using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Journaling;

namespace Keyless.Emulator.Admin;

/// <summary>The journal as server-sent events: what is there already, then each request as it is answered.</summary>
/// <param name="journal">The journal.</param>
/// <param name="filter">Picks the requests.</param>
/// <param name="after">The cursor of the last request that the client knows.</param>
/// <param name="backlog">How many of the requests that are there already are sent; the newest.</param>
/// <param name="silence">How long nothing is sent before a comment is, by which both sides see that the other one lives.</param>
internal sealed class JournalStream(Journal journal, JournalFilter filter, long after, int backlog, TimeSpan silence)
{
    private const int DefaultSilence = 15;

    // A page that shows requests needs no more than this; an emulator under load has better things to do.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Requests end in another order than their ends are written down, so that a cursor alone would miss some.
    private readonly HashSet<long> _seen = [];

    public static AdminRoute Route { get; } = new(
        "GET",
        "/journal/stream",
        "streamRequests",
        "Sends answered requests as server-sent events: those that are there, then each as it is answered.",
        Open)
    {
        Query =
        [
            .. JournalResource.Filter,
            new("after", "integer", "The id of an earlier event: only what was answered since. The header Last-Event-ID says the same."),
            new("limit", "integer", "Of what is there already, only the newest so many."),
            new("heartbeat", "integer", $"After how many seconds of silence a comment is sent; {DefaultSilence} if left out, at most 60."),
        ],
        Produces = "text/event-stream",
    };

    private static EndpointAnswer Open(AdminCall call)
    {
        var stream = new JournalStream(
            call.Emulator.Journal,
            JournalResource.FilterOf(call),
            call.Number("after") ?? LastEventId(call) ?? long.MinValue,
            (int)(call.Number("limit", 100_000) ?? 100_000),
            TimeSpan.FromSeconds(Math.Max(1, call.Number("heartbeat", 60) ?? DefaultSilence)));
        return new EndpointAnswer(200, default, "text/event-stream") { WriteAsync = stream.WriteAsync };
    }

    private static long? LastEventId(AdminCall call) =>
        long.TryParse(call.Request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        // Sent at once, so that the client knows that it is through.
        await SendAsync(output, ": connected\n\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        var fresh = Fresh().TakeLast(backlog).ToArray();
        while (true)
        {
            await SendAsync(output, fresh.Length > 0 ? Events(fresh) : ": nothing new\n\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            await WaitAsync(cancellationToken).ConfigureAwait(false);
            fresh = Fresh();
        }
    }

    private bool IsFresh(JournalEntry entry) => entry.IsEnded && entry.End > after && !_seen.Contains(entry.Number);

    private JournalEntry[] Fresh()
    {
        var entries = journal.Entries;
        if (_seen.Count > 2 * entries.Count)
            _seen.IntersectWith(entries.Select(entry => entry.Number));

        var fresh = entries.Where(IsFresh).ToArray();
        _seen.UnionWith(fresh.Select(entry => entry.Number));
        return [.. fresh.Where(filter.Matches).OrderBy(entry => entry.End)];
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await journal.WaitForAsync(IsFresh, 1, silence, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing came, which a comment says.
        }
    }

    private static byte[] Events(IEnumerable<JournalEntry> entries)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            bytes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {entry.End}\nevent: request\ndata: ")));
            using (var json = new Utf8JsonWriter(bytes))
            {
                json.WriteStartObject();
                JournalResource.WriteSummary(json, entry);
                json.WriteEndObject();
            }

            bytes.Write("\n\n"u8);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static async Task SendAsync(Stream output, byte[] bytes, CancellationToken cancellationToken)
    {
        await output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
