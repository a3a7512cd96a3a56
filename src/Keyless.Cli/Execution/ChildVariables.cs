using Keyless.Cli.Emulation;
using Keyless.Emulator;

namespace Keyless.Cli.Execution;

/// <summary>A child's variables: those of this process, but where they lead to an identity those of the emulated machine.</summary>
internal static class ChildVariables
{
    private const string ClientId = "AZURE_CLIENT_ID";
    private const string CredentialChoice = "AZURE_TOKEN_CREDENTIALS";

    // The values of that variable by which a managed identity is asked.
    private static readonly string[] ManagedIdentityChoices = ["prod", "ManagedIdentityCredential"];

    /// <summary>Variables by which credential chains find another identity before they come to the machine's.</summary>
    public static IReadOnlyList<string> OtherCredentials { get; } =
    [
        "AZURE_TENANT_ID",
        "AZURE_CLIENT_SECRET",
        "AZURE_CLIENT_CERTIFICATE_PATH",
        "AZURE_CLIENT_CERTIFICATE_PASSWORD",
        "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN",
        "AZURE_USERNAME",
        "AZURE_PASSWORD",
        "AZURE_FEDERATED_TOKEN_FILE",
    ];

    /// <summary>Variables about endpoints that our clients don't read, but others do or did.</summary>
    public static IReadOnlyList<string> OtherEndpoints { get; } =
        ["IDENTITY_API_VERSION", "AZURE_POD_IDENTITY_TOKEN_URL", "MSAL_MANAGED_IDENTITY_ENDPOINT"];

    /// <summary>Makes a process's variables those of a process on the host.</summary>
    public static void Apply(IDictionary<string, string?> variables, EmulatedHost host)
    {
        foreach (var name in HostVariables.ToUnset(host).Concat(OtherEndpoints).Concat(OtherCredentials))
            variables.Remove(name);

        // Clients take this one for the identity to ask for, so it may stay if the host has that identity.
        if (!Guid.TryParse(variables.TryGetValue(ClientId, out var id) ? id : null, out var clientId)
            || host.AssignedIdentities.All(identity => identity.ClientId != clientId))
        {
            variables.Remove(ClientId);
        }

        if (variables.TryGetValue(CredentialChoice, out var choice)
            && !ManagedIdentityChoices.Contains(choice, StringComparer.OrdinalIgnoreCase))
        {
            variables.Remove(CredentialChoice);
        }

        foreach (var (name, value) in host.Variables)
            variables[name] = value;
    }
}
