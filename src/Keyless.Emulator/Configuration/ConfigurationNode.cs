using System.Text.Json;
using System.Text.Json.Nodes;

namespace Keyless.Emulator.Configuration;

/// <summary>A value of a configuration, with the place that it comes from.</summary>
internal sealed class ConfigurationNode(JsonValueKind kind, ConfigurationOrigin origin)
{
    public JsonValueKind Kind { get; } = kind;

    public ConfigurationOrigin Origin { get; } = origin;

    /// <summary>The text of a string, or a number as it is written.</summary>
    public string Text { get; init; } = "";

    /// <summary>The members of an object, in its order.</summary>
    public IReadOnlyList<ConfigurationProperty> Properties { get; init; } = [];

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<ConfigurationNode> Items { get; init; } = [];

    /// <summary>The items of an array, each with its index.</summary>
    public IEnumerable<(int At, ConfigurationNode Item)> Numbered => Items.Select((item, at) => (at, item));

    /// <summary>A member of an object. Null: it has none of that name.</summary>
    public ConfigurationNode? this[string name] => Properties.FirstOrDefault(property => property.Name == name)?.Value;

    /// <summary>The object with a member set, in place of the one that it has or at its end.</summary>
    public ConfigurationNode With(string name, ConfigurationNode value)
    {
        var added = new ConfigurationProperty(name, value.Origin, value);
        var properties = this[name] is null
            ? [.. Properties, added]
            : Properties.Select(property => property.Name == name ? added : property).ToArray();
        return new ConfigurationNode(Kind, Origin) { Properties = properties };
    }

    /// <summary>The value without places.</summary>
    public JsonNode? ToJson() => Kind switch
    {
        JsonValueKind.Object => ToJsonObject(),
        JsonValueKind.Array => new JsonArray([.. Items.Select(item => item.ToJson())]),
        JsonValueKind.String => JsonValue.Create(Text),
        JsonValueKind.Number => JsonNode.Parse(Text),
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => null,
    };

    private JsonObject ToJsonObject()
    {
        var json = new JsonObject();
        foreach (var property in Properties)
            json.Add(property.Name, property.Value.ToJson());
        return json;
    }
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">The place of its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record ConfigurationProperty(string Name, ConfigurationOrigin Origin, ConfigurationNode Value);
