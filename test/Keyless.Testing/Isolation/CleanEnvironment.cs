namespace Keyless.Testing;

/// <summary>Takes out of this process every variable that would make a test depend on the machine it runs on.</summary>
public static class CleanEnvironment
{
    private static readonly string[] Prefixes = ["IDENTITY_", "MSI_", "IMDS_", "AZURE_", "DEFAULT_IDENTITY_"];

    /// <summary>Removes the variables of managed identity sources and of proxies. Children that are started later don't inherit them either.</summary>
    public static void Apply()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (IsForeign(name))
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    /// <summary>Whether a variable of this name says something about identities or proxies. Proxies are read in either case.</summary>
    /// <param name="name">The variable's name.</param>
    public static bool IsForeign(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);
    }
}
