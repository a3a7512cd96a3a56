using System.Buffers;

namespace Keyless.Cli.Emulation;

/// <summary>Writes lines that a shell takes as they are, whatever the values hold.</summary>
internal static class ShellSyntax
{
    // PowerShell ends a single-quoted text at any of these, and takes two in a row for one.
    private static readonly SearchValues<char> PowerShellQuotes = SearchValues.Create("'\u2018\u2019\u201A\u201B");

    // A word of these alone means the same with and without quotes.
    private static readonly SearchValues<char> Harmless =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.,:/@%+=");

    // Readers of such files differ in what they make of these between double quotes; between single ones they take them as they are.
    private static readonly SearchValues<char> DotEnvSpecials = SearchValues.Create("\\\"$`");

    /// <summary>The shells: what a script can be written for.</summary>
    public static (string Name, Shell Value)[] Names { get; } = [("bash", Shell.Bash), ("pwsh", Shell.PowerShell), ("cmd", Shell.Cmd)];

    /// <summary>What takes variables without being a shell.</summary>
    public static (string Name, Shell Value)[] OtherNames { get; } = [("docker", Shell.Docker), ("dotenv", Shell.DotEnv)];

    public static Shell Native => OperatingSystem.IsWindows() ? Shell.PowerShell : Shell.Bash;

    public static string Set(Shell shell, string name, string value) => shell switch
    {
        Shell.PowerShell => $"$env:{name} = '{string.Concat(value.Select(static c => PowerShellQuotes.Contains(c) ? $"{c}{c}" : $"{c}"))}'",

        // In a batch file a percent sign begins a variable, unless doubled.
        Shell.Cmd => $"set \"{name}={value.Replace("%", "%%", StringComparison.Ordinal)}\"",

        // No quotes where none are needed: what a shell puts in place of $(...) it only cuts into words.
        Shell.Docker => $"--env {(value.AsSpan().ContainsAnyExcept(Harmless) ? BashQuoted($"{name}={value}") : $"{name}={value}")}",
        Shell.DotEnv => $"{name}={DotEnvQuoted(value)}",
        _ => $"export {name}={BashQuoted(value)}",
    };

    /// <summary>One line that unsets variables. Null where there is no such thing: a container and a file begin without any.</summary>
    public static string? Unset(Shell shell, IEnumerable<string> names) => shell switch
    {
        Shell.PowerShell => $"Remove-Item -ErrorAction SilentlyContinue {string.Join(", ", names.Select(name => $"env:{name}"))}",
        Shell.Cmd => string.Join(" & ", names.Select(name => $"set \"{name}=\"")),
        Shell.Docker or Shell.DotEnv => null,
        _ => $"unset {string.Join(' ', names)}",
    };

    public static string Comment(Shell shell, string text) => $"{(shell == Shell.Cmd ? "rem" : "#")} {text}".TrimEnd();

    private static string BashQuoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string DotEnvQuoted(string value)
    {
        if (!value.AsSpan().ContainsAny(DotEnvSpecials))
            return $"\"{value}\"";
        return value.Contains('\'', StringComparison.Ordinal)
            ? $"\"{string.Concat(value.Select(static c => DotEnvSpecials.Contains(c) ? $"\\{c}" : $"{c}"))}\""
            : $"'{value}'";
    }
}
