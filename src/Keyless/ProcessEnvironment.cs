using System.Diagnostics.CodeAnalysis;

namespace Keyless;

/// <summary>The real machine: the one place in the library that reads the process's environment.</summary>
internal sealed class ProcessEnvironment : MachineEnvironment
{
    public override string? ArcKeyDirectory =>
        OperatingSystem.IsLinux() ? "/var/opt/azcmagent/tokens"
        : OperatingSystem.IsWindows() && GetVariable("ProgramData") is { Length: > 0 } data ? Path.Combine(data, "AzureConnectedMachineAgent", "Tokens")
        : null;

    public override string? ArcAgentFile =>
        OperatingSystem.IsLinux() ? "/opt/azcmagent/bin/himds"
        : OperatingSystem.IsWindows() && GetVariable("ProgramFiles") is { Length: > 0 } programs ? Path.Combine(programs, "AzureConnectedMachineAgent", "himds.exe")
        : null;

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "This is the class that the ban sends everyone to.")]
    public override string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);

    public override bool FileExists(string path) => File.Exists(path);
}
