using System.Buffers;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Journaling;

namespace Keyless.Emulator.Faults;

/// <summary>The answers that hosts gave once, in their order, for <see cref="FaultPlan.Replay"/>.</summary>
/// <remarks>
/// It comes from a journal or from a file that was made of one: JSON lines (<c>keyless journal export --format jsonl</c>), or an HTTP
/// archive, which may be another program's. It needs and holds no secret: successes are left to the host, which hands out a token of its own.
/// </remarks>
public sealed class FaultRecording
{
    internal FaultRecording(IReadOnlyList<RecordedStep> steps) => Steps = steps;

    /// <summary>The answers, in the order of their requests.</summary>
    public IReadOnlyList<RecordedStep> Steps { get; }

    /// <summary>The hosts that gave them.</summary>
    public IReadOnlyList<string> Hosts => [.. Steps.Select(step => step.Host).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Takes the answers of a journal; requests that are still being answered are left out.</summary>
    /// <param name="entries">The journal's requests.</param>
    public static FaultRecording Of(IEnumerable<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return new(
        [
            .. from entry in entries
               where entry.IsEnded
               select new RecordedStep(entry.Host, entry.Leg, entry.Status, entry.ToFault()),
        ]);
    }

    /// <summary>Reads JSON lines, or an HTTP archive (HAR).</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called in errors, such as the file's name.</param>
    /// <exception cref="EmulatorException">It is neither, or holds no answers; the message names the line.</exception>
    public static FaultRecording Parse(string text, string name = "recording")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        var steps = HarRecording.IsHar(text) ? HarRecording.Read(text, name) : RecordedLines.Read(text, name);
        return steps.Count > 0 ? new(steps) : throw new EmulatorException(
            $"{name} holds no answered request. Give what 'keyless journal export' writes, or an HTTP archive with requests for tokens.");
    }

    /// <summary>Reads JSON lines, or an HTTP archive (HAR).</summary>
    /// <param name="stream">Where from; left open.</param>
    /// <param name="name">What it is called in errors, such as the file's name.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="EmulatorException">It is neither, or holds no answers; the message names the line.</exception>
    public static async Task<FaultRecording> ReadAsync(Stream stream, string name = "recording", CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: -1, leaveOpen: true);
        return Parse(await reader.ReadToEndAsync(ct).ConfigureAwait(false), name);
    }

    /// <summary>The answers of one host.</summary>
    /// <param name="host">Its name, in any case.</param>
    /// <exception cref="EmulatorException">It gave none.</exception>
    public FaultRecording From(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        RecordedStep[] own = [.. Steps.Where(step => string.Equals(step.Host, host, StringComparison.OrdinalIgnoreCase))];
        return own.Length > 0
            ? new(own)
            : throw new EmulatorException($"The recording has no answer of '{host}', only of {string.Join(", ", Hosts)}.");
    }

    /// <summary>Writes JSON lines that say no more than <see cref="Parse"/> needs.</summary>
    public string ToJsonLines()
    {
        var text = new ArrayBufferWriter<byte>();
        foreach (var step in Steps)
        {
            using var json = new Utf8JsonWriter(text);
            json.WriteStartObject();
            json.WriteString("host", step.Host);
            json.WriteString("leg", KebabCase.Of(step.Leg));
            if (step.Status is { } status)
                json.WriteNumber("status", status);
            else
                json.WriteBoolean("aborted", true);
            json.WritePropertyName("cause");
            FaultJson.Write(step.Fault, json);
            json.WriteEndObject();
            json.Flush();
            text.Write("\n"u8);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Counts the answers and names the hosts.</summary>
    public override string ToString() => $"{Steps.Count} answers of {string.Join(", ", Hosts)}";
}

/// <summary>One answer of a recording.</summary>
/// <param name="Host">The name of the host that gave it; <c>authority</c> for the token issuer.</param>
/// <param name="Leg">Which step of a client's work the request was.</param>
/// <param name="Status">The answer's HTTP status. Null: the client went away before there was one.</param>
/// <param name="Fault">What gives it again.</param>
public sealed record RecordedStep(string Host, Leg Leg, int? Status, Fault Fault);
