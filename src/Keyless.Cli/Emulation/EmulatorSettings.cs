using Keyless.Cli.Configuration;
using Keyless.Cli.Options;
using Keyless.Emulator;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Emulation;

/// <summary>Finds and reads the emulator's configuration: flags win over variables, those over the file, and that over the defaults.</summary>
internal static class EmulatorSettings
{
    /// <summary>The files that are looked for where none is named.</summary>
    public static IReadOnlyList<string> UsualNames { get; } =
        [EmulatorConfiguration.DefaultFileName, .. YamlNotation.Endings.Select(ending => Path.ChangeExtension(EmulatorConfiguration.DefaultFileName, ending))];

    private static IReadOnlyList<IConfigurationNotation> Notations { get; } = [new YamlNotation()];

    // The tool's emulators serve other processes, whose clock nobody moves.
    private static readonly Dictionary<string, string> Defaults =
        new(StringComparer.Ordinal) { [ConfigurationMember.TokenTimes] = "real" };

    /// <summary>The configuration file: the one named, else the one that a variable names, else that of this directory. Null: there is none.</summary>
    public static string? FindFile(string? named, ToolContext context)
    {
        if (string.IsNullOrEmpty(named))
            named = context.Environment.GetVariable(EmulatorVariables.File);
        if (!string.IsNullOrEmpty(named))
            return Path.Combine(context.Directory, named);

        var found = UsualNames.Select(name => Path.Combine(context.Directory, name)).Where(File.Exists).ToArray();
        return found.Length <= 1 ? found.FirstOrDefault() : throw ToolException.Usage(
            $"{context.Directory} holds {string.Join(" and ", found.Select(Path.GetFileName))}. Keep one of them, or name the one that is meant.");
    }

    /// <summary>Reads the configuration.</summary>
    /// <param name="file">The file named on the command line. Null: look for one.</param>
    /// <param name="flags">What the command line sets.</param>
    /// <param name="context">The world.</param>
    /// <exception cref="ToolException">
    /// It cannot be used, or there are several; the message names each line, variable, flag or file at fault.
    /// </exception>
    public static EmulatorConfiguration Read(string? file, IReadOnlyList<ConfigurationFlag> flags, ToolContext context)
    {
        try
        {
            return EmulatorConfiguration.Read(LayersOf(FindFile(file, context), flags, context));
        }
        catch (ConfigurationException e)
        {
            throw ToolException.Usage(e.Message);
        }
    }

    public static ConfigurationLayers LayersOf(string? file, IReadOnlyList<ConfigurationFlag> flags, ToolContext context) =>
        new() { Defaults = Defaults, File = file, Environment = context.Environment, Flags = flags, Notations = Notations };

    /// <summary>A file by itself, whatever variables say.</summary>
    public static ConfigurationLayers LayersOf(string file) => new() { Defaults = Defaults, File = file, Notations = Notations };

    /// <summary>Reads the configuration into options for this machine.</summary>
    /// <param name="file">The file named on the command line. Null: look for one.</param>
    /// <param name="sources">The endpoints to serve. Empty: all that are described.</param>
    /// <param name="context">The world.</param>
    /// <exception cref="ToolException">It cannot be used.</exception>
    public static EmulatorOptions Resolve(string? file, IReadOnlyList<SourceKind> sources, ToolContext context) =>
        OptionsOf(Read(file, [], context), sources, port: 0, context);

    /// <summary>What a configuration comes to for this machine.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="sources">The endpoints to serve. Empty: all that are described.</param>
    /// <param name="port">The port of the only endpoint. 0: as configured.</param>
    /// <param name="context">The world.</param>
    /// <exception cref="ToolException">No such endpoint, or more than one for the port, is described.</exception>
    public static EmulatorOptions OptionsOf(
        EmulatorConfiguration configuration, IReadOnlyList<SourceKind> sources, int port, ToolContext context)
    {
        var options = configuration.Options with { TimeProvider = context.Time };
        if (configuration.Values.Any(value => value is { Path: "arcKeyDirectory", Origin.Layer: ConfigurationLayer.Default }))
            options = options with { ArcKeyDirectory = context.Environment.ArcKeyDirectory };
        if (sources.Count == 0)
            return options;

        if (options.Hosts.Count == 0)
        {
            return options with
            {
                Sources = sources,
                Ports = port == 0 ? options.Ports : new Dictionary<SourceKind, int> { [sources[0]] = port },
            };
        }

        var hosts = options.Hosts.Where(host => sources.Contains(HostPlatform.SourceOf(host.Kind))).ToArray();
        if (hosts.Length == 0)
        {
            var kinds = options.Hosts.Select(host => SourceName.Of(HostPlatform.SourceOf(host.Kind))).Distinct(StringComparer.Ordinal);
            throw ToolException.Usage(
                $"{configuration.File} describes no host of --source {string.Join(", ", sources.Select(SourceName.Of))}, "
                + $"only {string.Join(", ", kinds)}.");
        }

        if (port != 0 && hosts.Length > 1)
        {
            throw ToolException.Usage(
                $"--port needs one host, but {configuration.File} describes {hosts.Length}: {string.Join(", ", hosts.Select(host => host.Name))}. "
                + "Give each a port there.");
        }

        return options with { Hosts = port == 0 ? hosts : [hosts[0] with { Port = port }] };
    }
}
