using System.Buffers;

namespace Keyless.Cli.Emulation;

/// <summary>Writes lines that a shell takes as they are. Every value is quoted, whatever it holds.</summary>
internal static class ShellSyntax
{
    // PowerShell ends a single-quoted text at any of these, and takes two in a row for one.
    private static readonly SearchValues<char> PowerShellQuotes = SearchValues.Create("'\u2018\u2019\u201A\u201B");

    public static (string Name, Shell Value)[] Names { get; } = [("bash", Shell.Bash), ("pwsh", Shell.PowerShell), ("cmd", Shell.Cmd)];

    public static Shell Native => OperatingSystem.IsWindows() ? Shell.PowerShell : Shell.Bash;

    public static string Set(Shell shell, string name, string value) => shell switch
    {
        Shell.PowerShell => $"$env:{name} = '{string.Concat(value.Select(static c => PowerShellQuotes.Contains(c) ? $"{c}{c}" : $"{c}"))}'",

        // In a batch file a percent sign begins a variable, unless doubled.
        Shell.Cmd => $"set \"{name}={value.Replace("%", "%%", StringComparison.Ordinal)}\"",
        _ => $"export {name}='{value.Replace("'", @"'\''", StringComparison.Ordinal)}'",
    };

    /// <summary>One line that unsets variables.</summary>
    public static string Unset(Shell shell, IEnumerable<string> names) => shell switch
    {
        Shell.PowerShell => $"Remove-Item -ErrorAction SilentlyContinue {string.Join(", ", names.Select(name => $"env:{name}"))}",
        Shell.Cmd => string.Join(" & ", names.Select(name => $"set \"{name}=\"")),
        _ => $"unset {string.Join(' ', names)}",
    };

    public static string Comment(Shell shell, string text) => $"{(shell == Shell.Cmd ? "rem" : "#")} {text}".TrimEnd();
}
