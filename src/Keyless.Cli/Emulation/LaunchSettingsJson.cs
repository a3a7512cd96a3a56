namespace Keyless.Cli.Emulation;

/// <summary>A launchSettings.json, as <c>dotnet run</c> and IDEs read it, with one profile a machine.</summary>
internal sealed record LaunchSettingsJson(IReadOnlyDictionary<string, LaunchProfileJson> Profiles);

/// <summary>One profile: start the project with these variables.</summary>
internal sealed record LaunchProfileJson(string CommandName, IReadOnlyDictionary<string, string> EnvironmentVariables)
{
    /// <summary>A profile with a machine's variables. It can't unset one, only empty it; .NET programs take that for the same.</summary>
    public static LaunchProfileJson Of(IReadOnlyDictionary<string, string> variables, IEnumerable<string> unset)
    {
        var all = new Dictionary<string, string>(variables, StringComparer.Ordinal);
        foreach (var name in unset)
            all.TryAdd(name, "");
        return new LaunchProfileJson("Project", all);
    }
}
