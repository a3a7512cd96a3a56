namespace Keyless.Cli.Emulation;

/// <summary>The languages in which variables can be set.</summary>
internal enum Shell
{
    Bash,
    PowerShell,
    Cmd,
}
