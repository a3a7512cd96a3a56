using System.CommandLine;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Options;

/// <summary>The option that names the emulator's configuration file.</summary>
internal static class ConfigurationOption
{
    public const string Name = "--config";

    public static Option<string?> Make() => new(Name)
    {
        Description = $"The configuration file; the default is what {EmulatorVariables.File} names, else {EmulatorConfiguration.DefaultFileName} "
            + "or keyless.yaml in this directory if there is one.",
        HelpName = "FILE",
    };
}
