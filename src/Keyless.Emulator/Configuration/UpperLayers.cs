using System.Text.Json;

namespace Keyless.Emulator.Configuration;

/// <summary>Puts what variables and flags say in place of what the file says, and other defaults where it says nothing.</summary>
internal static class UpperLayers
{
    public static ConfigurationNode Apply(ConfigurationNode root, ConfigurationLayers layers, List<ConfigurationProblem> problems)
    {
        foreach (var (member, text) in layers.Defaults)
        {
            if (root[member] is null)
                root = Set(root, member, text, ConfigurationOrigin.Default, problems);
        }

        foreach (var (variable, member) in EmulatorVariables.Members)
        {
            if (layers.Environment?.GetVariable(variable) is { Length: > 0 } text)
                root = Set(root, member, text, new ConfigurationOrigin(ConfigurationLayer.Environment, variable), problems);
        }

        foreach (var flag in layers.Flags)
            root = Set(root, flag.Path, flag.Value, new ConfigurationOrigin(ConfigurationLayer.Flag, flag.Name), problems);
        return root;
    }

    private static ConfigurationNode Set(
        ConfigurationNode root, string name, string text, ConfigurationOrigin origin, List<ConfigurationProblem> problems)
    {
        var member = ConfigurationShapes.Root[name];
        if (member is null or { Kind: MemberKind.Sections or MemberKind.Claims or MemberKind.Faults })
            throw new ArgumentException($"A flag cannot set '{name}'.", nameof(name));

        var value = new ConfigurationNode(KindOf(text, member.Kind), origin) { Text = text };
        new ShapeCheck(problems).Check(value, member, name);
        return root.With(name, value);
    }

    // In the file true is no text, and 8080 neither.
    private static JsonValueKind KindOf(string text, MemberKind kind) => kind switch
    {
        MemberKind.Boolean when text is "true" or "1" => JsonValueKind.True,
        MemberKind.Boolean when text is "false" or "0" => JsonValueKind.False,
        MemberKind.Port when text.All(char.IsAsciiDigit) => JsonValueKind.Number,
        _ => JsonValueKind.String,
    };
}
