using System.Globalization;
using System.Text.RegularExpressions;
using Keyless.Emulator.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Keyless.Cli.Configuration;

/// <summary>What a value without quotes is: the core schema of YAML 1.2, in which <c>no</c> is a text and <c>010</c> is ten.</summary>
internal static partial class YamlScalar
{
    private const string Tags = "tag:yaml.org,2002:";

    public static void Tell(Scalar scalar, ConfigurationBuilder builder)
    {
        var (line, column) = (YamlNotation.Line(scalar), YamlNotation.Column(scalar));
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag is "!" or (Tags + "str") || (tag is null && scalar.Style != ScalarStyle.Plain))
        {
            builder.Text(scalar.Value, line, column);
            return;
        }

        var kind = KindOf(scalar.Value);
        if (tag is not null && tag != Tags + kind && !(tag == Tags + "float" && kind == "int"))
            throw builder.Refuse($"The tag {tag} does not fit what it stands before. Leave it out.", line, column);

        switch (kind)
        {
            case "null":
                builder.Null(line, column);
                break;
            case "bool":
                builder.Boolean(scalar.Value[0] is 't' or 'T', line, column);
                break;
            case "int":
                builder.Number(Integer(scalar.Value).ToString(CultureInfo.InvariantCulture), line, column);
                break;
            case "float":
                if (!double.IsFinite(Parse(scalar.Value)))
                    throw builder.Refuse($"{scalar.Value} is no number that a configuration can hold.", line, column);
                builder.Number(Parse(scalar.Value).ToString("R", CultureInfo.InvariantCulture), line, column);
                break;
            default:
                builder.Text(scalar.Value, line, column);
                break;
        }
    }

    private static string KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => "bool",
        _ when IntegerForm().IsMatch(text) => "int",
        _ when NumberForm().IsMatch(text) => "float",
        _ => "str",
    };

    private static long Integer(string text) => text switch
    {
        ['0', 'x', .. var digits] => Convert.ToInt64(digits, 16),
        ['0', 'o', .. var digits] => Convert.ToInt64(digits, 8),
        _ => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
    };

    private static double Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    // No more digits than fit for certain; a configuration holds no larger whole numbers.
    [GeneratedRegex(@"^([-+]?[0-9]{1,18}|0o[0-7]{1,20}|0x[0-9A-Fa-f]{1,15})\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(
        @"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberForm();
}
