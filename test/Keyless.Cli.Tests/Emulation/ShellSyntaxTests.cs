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

    [Theory]
    [InlineData("http://127.0.0.1:8080/msi/token", "--env NAME=http://127.0.0.1:8080/msi/token")]
    [InlineData("it's $HOME", @"--env 'NAME=it'\''s $HOME'")]
    [InlineData("", "--env NAME=")]
    public void options_of_docker_are_quoted_only_where_they_must_be(string value, string expected) =>
        Assert.Equal(expected, ShellSyntax.Set(Shell.Docker, "NAME", value));

    [Theory]
    [InlineData("http://127.0.0.1:8080", "NAME=\"http://127.0.0.1:8080\"")]
    [InlineData("it's # one", "NAME=\"it's # one\"")]
    [InlineData("$HOME \"x\"", "NAME='$HOME \"x\"'")]
    [InlineData("it's $HOME", @"NAME=""it's \$HOME""")]
    public void values_in_env_files_are_quoted_so_that_they_are_read_as_they_were(string value, string expected) =>
        Assert.Equal(expected, ShellSyntax.Set(Shell.DotEnv, "NAME", value));

    [Fact]
    public void what_starts_without_variables_needs_none_unset()
    {
        Assert.Null(ShellSyntax.Unset(Shell.Docker, ["A"]));
        Assert.Null(ShellSyntax.Unset(Shell.DotEnv, ["A"]));
        Assert.Equal(["--env A=1"], HostVariables.Lines(new Dictionary<string, string> { ["A"] = "1" }, ["B"], Shell.Docker));
    }

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
        var lines = $"{ShellSyntax.Unset(Shell.Bash, ["OTHER"])}\n{ShellSyntax.Set(Shell.Bash, "NAME", Nasty)}\n";

        Assert.Equal($"{Nasty}|", await RunAsync($"{lines}printf '%s|%s' \"$NAME\" \"$OTHER\""));
    }

    [Fact]
    public async Task a_real_shell_reads_the_options_of_docker_as_they_were() => Assert.Equal(
        $"--env\nNAME={Nasty}\n", await RunAsync($"printf '%s\\n' {ShellSyntax.Set(Shell.Docker, "NAME", Nasty)}"));

    [Fact]
    public async Task a_real_shell_reads_an_env_file_as_it_was() => Assert.Equal(
        Nasty, await RunAsync($"{ShellSyntax.Set(Shell.DotEnv, "NAME", Nasty)}\nprintf %s \"$NAME\""));

    private static async Task<string> RunAsync(string script)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "This machine has no /bin/sh.");
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["OTHER"] = "still set";
        using var shell = Process.Start(start)!;
        return await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
