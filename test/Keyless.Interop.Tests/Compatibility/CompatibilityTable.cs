using Keyless.Interop.Tests.Clients;

namespace Keyless.Interop.Tests.Compatibility;

/// <summary>What each client can do on each platform: what the tests hold the clients to, and what the page is made from.</summary>
internal static class CompatibilityTable
{
    private const ManagedIdentityKind System = ManagedIdentityKind.SystemAssigned;
    private const ManagedIdentityKind ClientId = ManagedIdentityKind.ClientId;
    private const ManagedIdentityKind ObjectId = ManagedIdentityKind.ObjectId;

    private static readonly ManagedIdentityKind[] Every = Enum.GetValues<ManagedIdentityKind>();

    private const string NotOnServiceFabric = "is not supported by the Service Fabric managed identity environment";

    private static readonly Dictionary<(InteropClient Client, SourceKind Source), Cell> Cells = new()
    {
        [(InteropClient.Msal, SourceKind.CloudShell)] = new([System], "user_assigned_managed_identity_not_supported"),
        [(InteropClient.Msal, SourceKind.ServiceFabric)] =
            new([System, ObjectId], "user_assigned_managed_identity_not_configurable_at_runtime"),
        [(InteropClient.Msal, SourceKind.MachineLearning)] = new([System, ClientId], "invalid_managed_identity_id_type"),

        [(InteropClient.AzureIdentity, SourceKind.CloudShell)] = new([System], "User-assigned managed identity is not supported"),
        [(InteropClient.AzureIdentity, SourceKind.ServiceFabric)] = new([System], NotOnServiceFabric),

        // Its message says no more than that it failed.
        [(InteropClient.AzureIdentity, SourceKind.MachineLearning)] =
            new([System, ClientId], "ManagedIdentityCredential authentication failed"),

        [(InteropClient.MsalNode, SourceKind.CloudShell)] = new([System], "unable_to_create_cloud_shell"),

        // It sends client_id, object_id or mi_res_id, none of which Service Fabric knows.
        [(InteropClient.MsalNode, SourceKind.ServiceFabric)] = new([System], null),
        [(InteropClient.MsalNode, SourceKind.MachineLearning)] = new([System, ClientId], "Only client id is supported"),

        [(InteropClient.AzureIdentityNode, SourceKind.CloudShell)] = new([System], "is not supported for CloudShell"),
        [(InteropClient.AzureIdentityNode, SourceKind.ServiceFabric)] = new([System], NotOnServiceFabric),
        [(InteropClient.AzureIdentityNode, SourceKind.MachineLearning)] = new([System, ClientId], "Only client id is supported"),

        // curl sends what it is told to; these are the platforms' own limits.
        [(InteropClient.Curl, SourceKind.CloudShell)] = new([System], "the token is the signed-in user's"),
        [(InteropClient.Curl, SourceKind.ServiceFabric)] = new([System, ObjectId], null),
        [(InteropClient.Curl, SourceKind.MachineLearning)] = new([System, ClientId], "Choose the identity by clientid"),
    };

    /// <summary>Each kind of identity, user-assigned ones first: some clients check those only until one request has gone well.</summary>
    public static IReadOnlyList<ManagedIdentityKind> Kinds { get; } = [.. Every.Where(static kind => kind != System), System];

    /// <summary>How a client's request for an identity of this kind ends.</summary>
    public static Outcome ExpectedOf(InteropClient client, SourceKind source, ManagedIdentityKind kind)
    {
        var cell = CellOf(client, source);
        return cell.Gets.Contains(kind) ? Outcome.Token
            : cell.Refusal is null ? Outcome.Ignored
            : Outcome.Refused;
    }

    /// <summary>What the client's error says where <see cref="ExpectedOf"/> is <see cref="Outcome.Refused"/>.</summary>
    public static string RefusalOf(InteropClient client, SourceKind source) => CellOf(client, source).Refusal!;

    private static Cell CellOf(InteropClient client, SourceKind source) =>
        Cells.GetValueOrDefault((client, source)) ?? new Cell(Every, null);

    /// <summary>A client on a platform.</summary>
    /// <param name="Gets">The kinds of identity that it gets tokens of.</param>
    /// <param name="Refusal">What its error says of the other kinds. Null: it asks as if none had been chosen.</param>
    private sealed record Cell(IReadOnlyList<ManagedIdentityKind> Gets, string? Refusal);
}
