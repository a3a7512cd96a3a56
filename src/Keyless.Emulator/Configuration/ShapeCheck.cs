using System.Globalization;
using System.Net;
using System.Text.Json;
using Keyless.Emulator.Fleet;

namespace Keyless.Emulator.Configuration;

/// <summary>Holds a configuration against its shape, and names everything that does not fit.</summary>
internal sealed class ShapeCheck(List<ConfigurationProblem> problems)
{
    /// <summary>Checks an object and everything in it.</summary>
    public void Check(ConfigurationNode node, ConfigurationShape shape, string path)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            Report(node, path, $"is {Describe(node)}, not an object. Its members are {string.Join(", ", shape.Members.Select(each => each.Name))}.");
            return;
        }

        foreach (var property in node.Properties)
        {
            var memberPath = PathOf(path, property.Name);
            if (shape[property.Name] is { } member)
                Check(property.Value, member, memberPath);
            else
                problems.Add(new ConfigurationProblem(property.Origin, memberPath, WhyUnknown(property.Name, shape)));
        }

        foreach (var missing in shape.Members.Where(member => member.IsRequired && node[member.Name] is null))
            Report(node, PathOf(path, missing.Name), $"is missing.{AdviceOn(missing)}");
    }

    /// <summary>Checks a value.</summary>
    public void Check(ConfigurationNode node, ShapeMember member, string path)
    {
        switch (member.Kind)
        {
            case MemberKind.Sections when RequireList(node, path):
                foreach (var (at, item) in node.Numbered)
                    Check(item, member.Section!, $"{path}[{at}]");
                break;
            case MemberKind.TextList or MemberKind.SecretList when RequireList(node, path):
                foreach (var (at, item) in node.Numbered)
                    RequireText(item, $"{path}[{at}]");
                break;
            case MemberKind.Roles when RequireObject(node, path):
                foreach (var role in node.Properties)
                    Check(role.Value, new ShapeMember(role.Name, MemberKind.TextList), $"{path}[\"{role.Name}\"]");
                break;
            case MemberKind.Faults when RequireList(node, path):
                foreach (var (at, item) in node.Numbered)
                    RequireFault(item, $"{path}[{at}]");
                break;
            case MemberKind.Claims:
                RequireObject(node, path);
                break;
            case MemberKind.Boolean:
                if (node.Kind is not (JsonValueKind.True or JsonValueKind.False))
                    Report(node, path, $"is {Describe(node, member.Kind)}. Give true or false.");
                break;
            case MemberKind.Port or MemberKind.Number or MemberKind.TokenVersion:
                if (node.Kind != JsonValueKind.Number || !IsNumber(node.Text, member.Kind))
                    Report(node, path, $"is {Describe(node, member.Kind)}.{AdviceOn(member)}");
                break;
            case MemberKind.Sections or MemberKind.TextList or MemberKind.SecretList or MemberKind.Roles or MemberKind.Faults:
                break;
            default:
                if (RequireText(node, path) && !IsWellFormed(node.Text, member))
                    Report(node, path, $"is {Describe(node, member.Kind)}.{AdviceOn(member)}{MeantBy(node.Text, member.Choices)}");
                break;
        }
    }

    private static bool IsNumber(string text, MemberKind kind) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && kind switch
        {
            MemberKind.Port => number <= IPEndPoint.MaxPort,
            MemberKind.TokenVersion => number is 1 or 2,
            _ => true,
        };

    private static bool IsWellFormed(string text, ShapeMember member) => member.Kind switch
    {
        MemberKind.Name => FleetRules.IsName(text),
        MemberKind.Secret => FleetRules.IsSecret(text),
        MemberKind.Id => Guid.TryParse(text, out _),
        MemberKind.Duration => DurationText.TryRead(text, out _),
        MemberKind.Address => IPAddress.TryParse(text, out _),
        MemberKind.Choice => member.Choices.Contains(text, StringComparer.Ordinal),
        _ => text.Length > 0,
    };

    private static string AdviceOn(ShapeMember member) => member.Kind switch
    {
        MemberKind.Name => " " + FleetRules.NameAdvice,
        MemberKind.Secret => " " + FleetRules.SecretAdvice,
        MemberKind.Id => " Give a GUID.",
        MemberKind.Duration => " " + DurationText.Advice,
        MemberKind.Address => " Give an IP address, such as \"127.0.0.1\".",
        MemberKind.Choice => $" Give one of {string.Join(", ", member.Choices)}.",
        MemberKind.Port => " Give a port from 1 to 65535, or 0 for a free one.",
        MemberKind.Number => " Give a whole number from 0 to 2147483647.",
        MemberKind.TokenVersion => " Give 1 or 2.",
        MemberKind.TextList => " Give a list of texts.",
        _ => " Give a text that is not empty.",
    };

    private static string PathOf(string path, string name) => path.Length > 0 ? $"{path}.{name}" : name;

    private static string WhyUnknown(string name, ConfigurationShape shape) => name == "passthrough" && shape == ConfigurationShapes.Root
        ? "is not for a file, which may come with somebody's repository, to say: real tokens are those of your own login. They take the package "
            + "Keyless.Emulator.Passthrough: EmulatorOptions.Passthrough in code, or 'keyless emulate --passthrough az --passthrough-resource URI'."
        : $"is not known.{Hint(name, shape)}";

    private static string Hint(string name, ConfigurationShape shape)
    {
        var names = shape.Members.Select(member => member.Name).ToArray();
        return Spelling.Nearest(name, names) is { } meant
            ? $" Did you mean '{meant}'?"
            : $" What may stand here: {string.Join(", ", names)}.";
    }

    private static string MeantBy(string text, IReadOnlyList<string> choices) =>
        Spelling.Nearest(text, choices) is { } meant ? $" Did you mean '{meant}'?" : "";

    private static string Describe(ConfigurationNode node) => node.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    // What is written there is shown only where it can be no secret.
    private static string Describe(ConfigurationNode node, MemberKind kind) => node.Kind switch
    {
        JsonValueKind.String when kind is not MemberKind.Secret => $"\"{node.Text}\"",
        JsonValueKind.Number => $"the number {node.Text}",
        _ => Describe(node),
    };

    // Rules have a form of their own, which their reader knows.
    private void RequireFault(ConfigurationNode node, string path)
    {
        try
        {
            OptionsReader.ReadFault(node).Validate();
        }
        catch (EmulatorException exception)
        {
            Report(node, path, $"is no fault rule: {exception.Message}");
        }
    }

    private bool RequireList(ConfigurationNode node, string path) => Require(node, path, JsonValueKind.Array, "a list");

    private bool RequireObject(ConfigurationNode node, string path) => Require(node, path, JsonValueKind.Object, "an object");

    private bool RequireText(ConfigurationNode node, string path) => Require(node, path, JsonValueKind.String, "a text");

    private bool Require(ConfigurationNode node, string path, JsonValueKind kind, string wanted)
    {
        if (node.Kind != kind)
            Report(node, path, $"is {Describe(node)}. Give {wanted}.");
        return node.Kind == kind;
    }

    private void Report(ConfigurationNode node, string path, string text) => problems.Add(new ConfigurationProblem(node.Origin, path, text));
}
