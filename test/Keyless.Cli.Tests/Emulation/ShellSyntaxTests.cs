using System.Diagnostics;
using Keyless.Cli.Emulation;

namespace Keyless.Cli.Tests.Emulation;

public sealed class ShellSyntaxTests
{
    private const string Nasty = """a'b"c $HOME `id` \ %PATH% ; & | # * ! ‘curly’""";

    [Fact]
    public void values_are_quoted_for_bash() =>
        Assert.Equal(@"export NAME='it'\''s $HOME'", ShellSyntax.Set(Shell.Bash, "NAME", "it's $HOME"));

    [Fact]
    public void values_are_quoted_for_PowerShell_with_all_that_it_takes_for_quotes() => Assert.Equal(
        "$env:NAME = 'it''s \u2018\u2018curly\u2019\u2019 $x'",
        ShellSyntax.Set(Shell.PowerShell, "NAME", "it's \u2018curly\u2019 $x"));

    [Fact]
    public void values_are_quoted_for_cmd() => Assert.Equal("set \"NAME=a & b %%x%%\"", ShellSyntax.Set(Shell.Cmd, "NAME", "a & b %x%"));

    [Fact]
    public void variables_are_unset_in_one_line()
    {
        Assert.Equal("unset A B", ShellSyntax.Unset(Shell.Bash, ["A", "B"]));
        Assert.Equal("Remove-Item -ErrorAction SilentlyContinue env:A, env:B", ShellSyntax.Unset(Shell.PowerShell, ["A", "B"]));
        Assert.Equal("set \"A=\" & set \"B=\"", ShellSyntax.Unset(Shell.Cmd, ["A", "B"]));
    }

    [Fact]
    public async Task a_real_shell_reads_the_value_as_it_was()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "This machine has no /bin/sh.");
        var lines = $"{ShellSyntax.Unset(Shell.Bash, ["OTHER"])}\n{ShellSyntax.Set(Shell.Bash, "NAME", Nasty)}\n";
        var script = $"{lines}printf '%s|%s' \"$NAME\" \"$OTHER\"";

        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["OTHER"] = "still set";
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"{Nasty}|", output);
    }
}
