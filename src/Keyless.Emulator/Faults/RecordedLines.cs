using System.Globalization;
using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A recording of JSON lines, as journals write them.</summary>
internal static class RecordedLines
{
    /// <exception cref="EmulatorException">A line is no answered request.</exception>
    public static List<RecordedStep> Read(string text, string name)
    {
        var steps = new List<RecordedStep>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;

            var place = string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}");
            try
            {
                using var json = SoundJson.Parse(line);
                if (Step(new FaultReader(json.RootElement, $"{place}: request")) is { } step)
                    steps.Add(step);
            }
            catch (JsonException exception)
            {
                throw new EmulatorException($"{place} is no JSON: {exception.Message}", exception);
            }
        }

        return steps;
    }

    /// <summary>The answer that a line tells of. Null: there was none yet.</summary>
    private static RecordedStep? Step(FaultReader json)
    {
        var host = json.Text("host");
        var leg = json.OneOf<Leg>("leg");
        var status = json.OptionalInt("status", 100, 599);
        if (status is null && json.OptionalFlag("aborted") != true)
            return null;

        var answer = new RecordedAnswer
        {
            Leg = leg,
            Status = status,
            Time = TimeIn(json, "time"),
            Headers = Pairs(json, "answerHeaders"),
            ContentType = json.OptionalText("answerType"),
            Body = json.OptionalText("answerBody"),
            Cause = json.Find("cause") is { } cause ? FaultJson.Read(cause, json.PathOf("cause")) : null,
        };
        return new RecordedStep(host, leg, status, Repeat(answer, json));
    }

    public static Fault Repeat(RecordedAnswer answer, FaultReader json)
    {
        try
        {
            return answer.ToFault();
        }
        catch (EmulatorException exception)
        {
            throw new EmulatorException($"{json.Path}: {exception.Message}", exception);
        }
    }

    public static DateTimeOffset? TimeIn(FaultReader json, string name) => json.Find(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.String && member.TryGetDateTimeOffset(out var time) ? time
        : throw json.Wrong(name, member, "a time in ISO 8601");

    /// <summary>Headers as a list of objects with name and value.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pairs(FaultReader json, string name)
    {
        if (json.Find(name) is not { } list)
            return [];
        if (list.ValueKind != JsonValueKind.Array)
            throw json.Wrong(name, list, "a list of objects with name and value");
        return
        [
            .. list.EnumerateArray()
                .Select(pair => new FaultReader(pair, $"{json.PathOf(name)}[]"))
                .Select(pair => KeyValuePair.Create(pair.Text("name"), pair.Text("value"))),
        ];
    }
}
