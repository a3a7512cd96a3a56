using System.Text.Encodings.Web;
using System.Text.Json;

namespace Keyless.Emulator.Configuration;

/// <summary>Lists every value of a configuration, those that nobody has set included.</summary>
internal static class EffectiveValues
{
    private const string Hidden = "(set, not shown)";

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<ConfigurationValue> Of(ConfigurationNode root)
    {
        var values = new List<ConfigurationValue>();
        Add(root, ConfigurationShapes.Root, "", values);
        return values;
    }

    private static void Add(ConfigurationNode node, ConfigurationShape shape, string path, List<ConfigurationValue> values)
    {
        foreach (var member in shape.Members)
        {
            var memberPath = path.Length > 0 ? $"{path}.{member.Name}" : member.Name;
            switch (node[member.Name])
            {
                case null when member.Default is { } text:
                    values.Add(new ConfigurationValue(memberPath, text, ConfigurationOrigin.Default));
                    break;
                case null:
                    break;
                case { } list when member.Section is { } section && list.Items.Count > 0:
                    foreach (var (at, item) in list.Numbered)
                        Add(item, section, $"{memberPath}[{at}]", values);
                    break;
                case { } value:
                    values.Add(new ConfigurationValue(memberPath, TextOf(value, member.Kind), value.Origin));
                    break;
            }
        }
    }

    private static string TextOf(ConfigurationNode value, MemberKind kind) => kind switch
    {
        MemberKind.Secret or MemberKind.SecretList => Hidden,
        MemberKind.TextList or MemberKind.Sections => value.Items.Count == 0 ? "(none)" : string.Join(", ", value.Items.Select(Short)),
        MemberKind.Roles or MemberKind.Claims or MemberKind.Faults => Write(value),
        MemberKind.Boolean => value.Kind == JsonValueKind.True ? "true" : "false",
        _ => value.Text,
    };

    // A certificate's text has many lines.
    private static string Short(ConfigurationNode item) => item.Text.Split('\n')[0].TrimEnd();

    private static string Write(ConfigurationNode value)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, OneLine))
            value.ToJson()!.WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
