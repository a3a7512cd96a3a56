using System.Collections.Immutable;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Emulator;

namespace Keyless.Cli.Execution;

/// <summary>Which host of the configuration a command is to run on; without one there is a host of each kind.</summary>
internal sealed record HostChoice
{
    /// <summary>The configuration file; null to look for one.</summary>
    public required string? ConfigurationFile { get; init; }

    /// <summary>The kind of host, of which the first is meant. Null: any.</summary>
    public required SourceKind? Source { get; init; }

    /// <summary>The host's name. Null: the first of the kind.</summary>
    public required string? Name { get; init; }

    /// <summary>The one identity that the host is to have. Null: those that it has anyway.</summary>
    public required string? Identity { get; init; }

    /// <summary>The emulator that has this host and no other.</summary>
    /// <exception cref="ToolException">The configuration can't be used, or there is no such host or identity.</exception>
    public EmulatorOptions Resolve(ToolContext context)
    {
        var configuration = EmulatorSettings.Read(ConfigurationFile, [], context);
        var options = EmulatorSettings.OptionsOf(configuration, [], port: 0, context);
        var host = Find(options, configuration.File);
        return options with
        {
            Hosts = [ChosenIdentity.HostWith(host, Identity, options)],
            Sources = new EmulatorOptions().Sources,
            Ports = ImmutableDictionary<SourceKind, int>.Empty,
        };
    }

    private HostDescription Find(EmulatorOptions options, string? file)
    {
        // A file that describes no host leaves those that there are without a file.
        var described = options.Hosts.Count > 0;
        IEnumerable<HostDescription> all = described
            ? options.Hosts
            : SourceName.All.Select(each => HostDescription.For(each.Value) with { Port = options.Ports.GetValueOrDefault(each.Value) });
        var hosts = all.ToArray();
        var known = string.Join(", ", hosts.Select(Describe));
        var place = described ? file ?? "The configuration" : "The emulator";

        if (Name is null)
        {
            return Array.Find(hosts, host => SourceOf(host) == Source) ?? throw ToolException.Usage(
                $"{place} has no host of --as {SourceName.Of(Source!.Value)}. It has {known}.");
        }

        var named = Array.Find(hosts, host => host.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)) ?? throw ToolException.Usage(
            $"{place} has no host '{Name}'. It has {known}.");
        return Source is not { } source || SourceOf(named) == source
            ? named
            : throw ToolException.Usage(
                $"--host and --as don't agree: {Describe(named)} is no host of {SourceName.Of(source)}. One of the two is enough.");
    }

    private static string Describe(HostDescription host) => $"{host.Name} ({SourceName.Of(SourceOf(host))})";

    private static SourceKind SourceOf(HostDescription host) => HostPlatform.SourceOf(host.Kind);
}
