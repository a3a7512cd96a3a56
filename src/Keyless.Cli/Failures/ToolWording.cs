namespace Keyless.Cli.Failures;

/// <summary>Says what the library says, with the tool's options in place of the library's members.</summary>
internal static class ToolWording
{
    private const string PlainHttpHosts = $"{nameof(ManagedIdentityOptions)}.{nameof(ManagedIdentityOptions.PlainHttpHosts)}";

    private static readonly (string Member, string Option)[] Words =
    [
        ($"use {nameof(ManagedIdentity)}.{nameof(ManagedIdentity.SystemAssigned)}", "give no id"),
        ($"Use {nameof(ManagedIdentity)}.{nameof(ManagedIdentity.SystemAssigned)}", "Give no id"),
        ($"{nameof(ManagedIdentity)}.{nameof(ManagedIdentity.FromClientId)}", "--client-id"),
        ($"{nameof(ManagedIdentity)}.{nameof(ManagedIdentity.FromObjectId)}", "--object-id"),
        ($"{nameof(ManagedIdentity)}.{nameof(ManagedIdentity.FromResourceId)}", "--resource-id"),
        (nameof(ManagedIdentity.FromClientId), "--client-id"),
        (nameof(ManagedIdentity.FromObjectId), "--object-id"),
        (nameof(ManagedIdentity.FromResourceId), "--resource-id"),
        ($"list the host in {PlainHttpHosts}", "allow the host by --allow-http"),
        (PlainHttpHosts, "--allow-http"),
        ($"{nameof(ManagedIdentityOptions)}.{nameof(ManagedIdentityOptions.Timeout)}", "--timeout"),
    ];

    public static string Of(string text) =>
        Words.Aggregate(text, static (said, word) => said.Replace(word.Member, word.Option, StringComparison.Ordinal));

    /// <summary>The message of an exception about an argument, without the name of the parameter.</summary>
    public static string Of(ArgumentException exception) =>
        Of(exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal));
}
