using System.Text;
using Keyless.Emulator.Configuration;

namespace Keyless.Emulator.Tests.Configuration;

/// <summary>Reads texts as if they were files named keyless.json.</summary>
internal static class ConfigurationFile
{
    public static EmulatorConfiguration Read(string text, params ConfigurationFlag[] flags) => Read(text, [], flags);

    public static EmulatorConfiguration Read(string text, Dictionary<string, string> variables, params ConfigurationFlag[] flags) =>
        EmulatorConfiguration.Read(Encoding.UTF8.GetBytes(text), new ConfigurationLayers
        {
            File = "keyless.json",
            Environment = MachineEnvironment.FromVariables(variables),
            Flags = flags,
        });

    /// <summary>The problems of a text, a line each.</summary>
    public static string[] ProblemsOf(string text) =>
        [.. Assert.Throws<ConfigurationException>(() => Read(text)).Problems.Select(problem => problem.ToString())];
}
