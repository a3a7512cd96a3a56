namespace Keyless.Sources;

/// <summary>Reads a secret that the platform passes in a variable. Errors name the variable, never its value.</summary>
internal static class SecretVariable
{
    public static Secret Read(MachineEnvironment environment, string name, SourceKind source)
    {
        var value = environment.GetVariable(name);
        if (string.IsNullOrWhiteSpace(value))
            throw Unusable(name, source, "is blank");
        if (value.AsSpan().ContainsAnyExceptInRange('\x20', '\x7e'))
            throw Unusable(name, source, "has characters that no HTTP header can carry");
        return new Secret(value);
    }

    private static ManagedIdentityException Unusable(string name, SourceKind source, string what) =>
        new(new TokenFailure(FailureKind.InvalidConfiguration, $"{name} {what} (its value is not shown).")
        {
            Source = source,
            NextStep = $"Take {name} as the platform sets it: read it anew at start-up and do not copy it between hosts, or unset it where this is not {source.DisplayName()}.",
        });
}
