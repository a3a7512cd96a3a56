using System.Text;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Journaling;

/// <summary>Writes what comes to one address into the journals that it belongs to.</summary>
/// <param name="host">The host's name.</param>
/// <param name="source">The host's platform. Null: it is the token issuer.</param>
/// <param name="books">What the emulator's journals share.</param>
/// <param name="journals">The journals.</param>
internal sealed class RequestRecorder(string host, SourceKind? source, JournalBooks books, params Journal[] journals)
{
    /// <summary>The most characters of a body that are kept.</summary>
    public const int MostText = 16 * 1024;

    public JournalEntry Begin(EndpointRequest request, RequestFacts facts)
    {
        var length = Encoding.UTF8.GetByteCount(request.Body);
        if (request.Body.Length > MostText)
            request = request with { Body = request.Body[..MostText] };

        var system = TimeProvider.System;
        var entry = new JournalEntry(new Recorded(
            books.NextNumber(),
            books.Clock.GetUtcNow(),
            system.GetUtcNow(),
            system.GetTimestamp(),
            host,
            source,
            request,
            length,
            facts,
            books.Redaction));
        foreach (var journal in journals)
            journal.Add(entry);
        return entry;
    }

    /// <summary>Closes an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="answer">The answer. Null: the client went away before there was one.</param>
    public void End(JournalEntry entry, EndpointAnswer? answer)
    {
        entry.Close(new Ending(answer, books.Clock.GetUtcNow() - entry.Time, TimeProvider.System.GetTimestamp()));
        books.Log?.Write(entry);
        foreach (var journal in journals)
            journal.NoteChange();
    }
}
