using System.CommandLine;
using System.CommandLine.Parsing;

namespace Keyless.Cli.Options;

/// <summary>Options whose value is one name of a few; case does not matter.</summary>
internal static class ChoiceOption
{
    /// <summary>An option with one value, or none.</summary>
    public static Option<T?> One<T>(
        string name, string placeholder, string[] aliases, string description, params (string Name, T Value)[] choices)
        where T : struct
    {
        var option = new Option<T?>(name, aliases)
        {
            Description = description,
            HelpName = placeholder,
            CustomParser = result => Read(result, name, choices) is [var only, ..] ? only : null,
        };
        option.CompletionSources.Add(NamesOf(choices));
        return option;
    }

    /// <summary>An option that may be given several times.</summary>
    public static Option<T[]> Many<T>(string name, string placeholder, string description, params (string Name, T Value)[] choices)
        where T : struct
    {
        var option = new Option<T[]>(name)
        {
            Description = description,
            HelpName = placeholder,
            CustomParser = result => [.. Read(result, name, choices).Distinct()],
            DefaultValueFactory = _ => [],
            Arity = ArgumentArity.OneOrMore,
        };
        option.CompletionSources.Add(NamesOf(choices));
        return option;
    }

    private static string[] NamesOf<T>((string Name, T Value)[] choices) => [.. choices.Select(choice => choice.Name)];

    private static List<T> Read<T>(ArgumentResult result, string option, (string Name, T Value)[] choices)
    {
        var values = new List<T>();
        foreach (var token in result.Tokens)
        {
            var at = Array.FindIndex(choices, choice => choice.Name.Equals(token.Value, StringComparison.OrdinalIgnoreCase));
            if (at >= 0)
                values.Add(choices[at].Value);
            else
                result.AddError($"{option} does not know '{token.Value}'. It takes one of {string.Join(", ", NamesOf(choices))}.");
        }

        return values;
    }
}
