using System.Text.RegularExpressions;

namespace Keyless.Emulator.Configuration;

/// <summary>Finds the value in a configuration that an option came from, so that a complaint about the one names the place of the other.</summary>
internal static partial class OptionPlace
{
    /// <summary>The nearest value to an option such as <c>Hosts[web].UserAssigned</c>, with its path.</summary>
    public static (ConfigurationNode Node, string Path) Find(ConfigurationNode root, string option)
    {
        if (OptionForm().Match(option) is not { Success: true } match || root[Camel(match.Groups["list"].Value)] is not { } list)
            return (root, "");

        var path = Camel(match.Groups["list"].Value);
        if (!match.Groups["name"].Success)
            return (list, path);

        // Of two that have a name, the second is the one too many.
        var at = list.Numbered.LastOrDefault(each => IsNamed(each.Item, match.Groups["name"].Value), (At: -1, Item: list)).At;
        if (at < 0)
            return (list, path);

        var (item, itemPath) = (list.Items[at], $"{path}[{at}]");
        var member = Camel(match.Groups["member"].Value);
        return item[member] is { } value ? (value, $"{itemPath}.{member}") : (item, itemPath);
    }

    private static bool IsNamed(ConfigurationNode item, string name) =>
        string.Equals(item["name"]?.Text, name, StringComparison.OrdinalIgnoreCase)
        || (item["identifiers"]?.Items ?? []).Any(identifier => string.Equals(identifier.Text, name, StringComparison.OrdinalIgnoreCase));

    private static string Camel(string name) => name.Length > 0 ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    [GeneratedRegex(@"^(?<list>\w+)(\[(?<name>[^\]]*)\])?(\.(?<member>\w+).*)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionForm();
}
