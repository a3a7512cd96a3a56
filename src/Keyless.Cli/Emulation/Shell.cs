namespace Keyless.Cli.Emulation;

/// <summary>The languages in which variables can be set, line by line: those of shells, and of what else starts programs.</summary>
internal enum Shell
{
    Bash,
    PowerShell,
    Cmd,

    /// <summary>Options of <c>docker run</c>.</summary>
    Docker,

    /// <summary>A file of variables, which programs and Docker Compose read.</summary>
    DotEnv,
}
