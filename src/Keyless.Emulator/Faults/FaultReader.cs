using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Keyless.Emulator.Faults;

/// <summary>Reads an object's members, and says which one is wrong, and how.</summary>
internal sealed class FaultReader
{
    private readonly JsonElement _json;
    private readonly string _path;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <exception cref="EmulatorException">It is no object.</exception>
    public FaultReader(JsonElement json, string path)
    {
        (_json, _path) = (json, path);
        if (json.ValueKind != JsonValueKind.Object)
            throw new EmulatorException($"{path} is {Shown(json)}. Give an object.");
    }

    /// <summary>Where the object stands.</summary>
    public string Path => _path;

    public string PathOf(string name) => $"{_path}.{name}";

    /// <summary>The member. Null: it is missing, or is null.</summary>
    public JsonElement? Find(string name)
    {
        _known.Add(name);
        return _json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    public JsonElement Require(string name) => Find(name) ?? throw new EmulatorException($"{PathOf(name)} is missing.");

    public string Text(string name) => TextOf(name, Require(name));

    public string? OptionalText(string name) => Find(name) is { } member ? TextOf(name, member) : null;

    public int Int(string name, int least, int most) => IntOf(name, Require(name), least, most);

    public int? OptionalInt(string name, int least, int most) => Find(name) is { } member ? IntOf(name, member, least, most) : null;

    public long? OptionalLong(string name, long least) => Find(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) && number >= least ? number
        : throw Wrong(name, member, "a whole number");

    public double? OptionalNumber(string name, double least, double most)
    {
        if (Find(name) is not { } member)
            return null;
        return member.ValueKind == JsonValueKind.Number && member.GetDouble() is var number && number >= least && number <= most
            ? number
            : throw Wrong(name, member, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }

    public bool? OptionalFlag(string name) => Find(name) is not { } member ? null
        : member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.GetBoolean()
        : throw Wrong(name, member, "true or false");

    public TimeSpan Time(string name) => TimeOf(name, Require(name));

    public TimeSpan? OptionalTime(string name) => Find(name) is { } member ? TimeOf(name, member) : null;

    public T OneOf<T>(string name)
        where T : struct, Enum => OneOf<T>(name, Require(name));

    public T OneOf<T>(string name, T otherwise)
        where T : struct, Enum => OptionalOneOf<T>(name) ?? otherwise;

    public T? OptionalOneOf<T>(string name)
        where T : struct, Enum => Find(name) is { } member ? OneOf<T>(name, member) : null;

    public RetryAfter? OptionalRetryAfter(string name)
    {
        if (Find(name) is not { } member)
            return null;
        if (member.ValueKind != JsonValueKind.Object)
            return RetryAfter.Seconds(TimeOf(name, member));

        var json = new FaultReader(member, PathOf(name));
        var read = json.OptionalTime("date") is { } date ? RetryAfter.Date(date) : json.HeaderText("text");
        json.RejectOthers();
        return read;
    }

    /// <summary>A member that is a time, or an object that says what to draw one from.</summary>
    public FaultDelay? OptionalDelay(string name)
    {
        if (Find(name) is not { } member)
            return null;

        try
        {
            if (member.ValueKind != JsonValueKind.Object)
                return FaultDelay.Of(TimeOf(name, member));

            var json = new FaultReader(member, PathOf(name));
            var read = json.OptionalTime("median") is { } median
                ? FaultDelay.LogNormal(median, json.OptionalNumber("sigma", 0, 5) ?? 1)
                : FaultDelay.Between(json.Time("min"), json.Time("max"));
            json.RejectOthers();
            return read;
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new EmulatorException(
                $"{PathOf(name)} is {Shown(member)}. Give times from nothing to a day, the shorter one first.", exception);
        }
    }

    /// <summary>A member whose members are claims, null for one that is to be taken out; empty where there is none.</summary>
    public IReadOnlyDictionary<string, JsonNode?> OptionalClaims(string name)
    {
        var claims = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        if (Find(name) is not { } member)
            return claims;
        if (member.ValueKind != JsonValueKind.Object)
            throw Wrong(name, member, "an object of claims");

        foreach (var claim in member.EnumerateObject())
        {
            if (!claims.TryAdd(claim.Name, JsonNode.Parse(claim.Value.GetRawText())))
                throw new EmulatorException($"{PathOf(name)} has '{claim.Name}' twice. Give each claim once.");
        }

        return claims;
    }

    /// <exception cref="EmulatorException">There is a member that nobody asked for.</exception>
    public void RejectOthers()
    {
        foreach (var member in _json.EnumerateObject())
        {
            if (!_known.Contains(member.Name))
                throw new EmulatorException($"{PathOf(member.Name)} is unknown. Known here: {string.Join(", ", _known)}.");
        }
    }

    public EmulatorException Wrong(string name, JsonElement member, string wanted) =>
        new($"{PathOf(name)} is {Shown(member)}. Give {wanted}.");

    private static string Shown(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => json.GetRawText() is { Length: > 60 } text ? $"{text[..60]}…" : json.GetRawText(),
    };

    private RetryAfter HeaderText(string name)
    {
        try
        {
            return RetryAfter.Text(Text(name));
        }
        catch (ArgumentException exception)
        {
            throw new EmulatorException($"{PathOf(name)}: {exception.Message}", exception);
        }
    }

    private string TextOf(string name, JsonElement member) =>
        member.ValueKind == JsonValueKind.String ? member.GetString()! : throw Wrong(name, member, "text");

    private int IntOf(string name, JsonElement member, int least, int most) =>
        member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, member, $"a whole number from {least} to {most}");

    private TimeSpan TimeOf(string name, JsonElement member) =>
        member.ValueKind == JsonValueKind.String && Duration.Parse(member.GetString()!) is { } time
            ? time
            : throw Wrong(name, member, "a time such as \"250ms\", \"2s\", \"5m\" or \"24h\"");

    private T OneOf<T>(string name, JsonElement member)
        where T : struct, Enum =>
        member.ValueKind == JsonValueKind.String && KebabCase.Parse<T>(member.GetString()!) is { } value
            ? value
            : throw Wrong(name, member, $"one of {KebabCase.List<T>()}");
}
