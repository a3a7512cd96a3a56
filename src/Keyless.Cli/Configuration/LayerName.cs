using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Configuration;

/// <summary>The layers' names in JSON.</summary>
internal static class LayerName
{
    public static string Of(ConfigurationLayer layer) => layer switch
    {
        ConfigurationLayer.File => "file",
        ConfigurationLayer.Environment => "environment",
        ConfigurationLayer.Flag => "flag",
        _ => "default",
    };
}
