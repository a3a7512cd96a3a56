using System.Text.Encodings.Web;
using System.Text.Json;

namespace Keyless.Emulator.Journaling;

/// <content>Export.</content>
public sealed partial class Journal
{
    // Read by people and never put into a page.
    private static readonly JsonWriterOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Lines with { Indented = true };

    /// <summary>Writes the requests as an HTTP archive (HAR 1.2), which browsers open. Times in it are the machine's.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="ct">Gives up.</param>
    public async Task WriteHarAsync(Stream stream, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var json = new Utf8JsonWriter(stream, Indented);
        await using (json.ConfigureAwait(false))
        {
            HarFile.Write(json, Entries);
            await json.FlushAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>Writes each request as a JSON object on a line of its own.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="ct">Gives up.</param>
    public async Task WriteJsonLinesAsync(Stream stream, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        foreach (var entry in Entries)
        {
            var json = new Utf8JsonWriter(stream, Lines);
            await using (json.ConfigureAwait(false))
            {
                JournalLines.Write(json, entry);
                await json.FlushAsync(ct).ConfigureAwait(false);
            }

            await stream.WriteAsync("\n"u8.ToArray(), ct).ConfigureAwait(false);
        }
    }
}
