namespace Keyless.Cli.Detection;

/// <summary>A variable by which a platform announces its endpoint, as this machine has it. A secret's value is not kept.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="IsSet">Whether it has any text.</param>
/// <param name="IsSecret">Whether its value is a secret, and therefore null here.</param>
/// <param name="Value">Its value, fit to be shown.</param>
internal sealed record SourceVariable(string Name, bool IsSet, bool IsSecret, string? Value)
{
    private static readonly (string Name, bool IsSecret)[] Known =
    [
        ("IDENTITY_ENDPOINT", false),
        ("IDENTITY_HEADER", true),
        ("IDENTITY_SERVER_THUMBPRINT", false),
        ("IMDS_ENDPOINT", false),
        ("MSI_ENDPOINT", false),
        ("MSI_SECRET", true),
        ("DEFAULT_IDENTITY_CLIENT_ID", false),
        ("AZURE_POD_IDENTITY_AUTHORITY_HOST", false),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(variable => variable.Name)];

    public static IReadOnlyList<SourceVariable> ReadAll(MachineEnvironment environment) =>
    [
        .. Known.Select(variable => environment.GetVariable(variable.Name) is { Length: > 0 } value
            ? new SourceVariable(variable.Name, IsSet: true, variable.IsSecret, variable.IsSecret ? null : ShownValue.Of(value))
            : new SourceVariable(variable.Name, IsSet: false, variable.IsSecret, Value: null)),
    ];
}
