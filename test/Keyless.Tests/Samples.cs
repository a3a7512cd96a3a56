using Keyless.Sources;

namespace Keyless.Tests;

/// <summary>The identities, machines and connections that tests take when any will do.</summary>
internal static class Samples
{
    public const string ClientId = "8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01";
    public const string ObjectId = "3d7c9b10-5e2a-4f86-8b14-c0a9d6e7f202";
    public const string OtherId = "77777777-0000-4000-8000-123456789abc";
    public const string ResourceId =
        "/subscriptions/5b0e2c4d-7f31-4a6b-9d88-e1c2f3a4b503/resourceGroups/shop-rg"
        + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders";

    public const string Resource = "https://vault.azure.net";
    public const string Secret = "s3cr3t-9Zx-header-value";
    public const string Thumbprint = "0123456789ABCDEF0123456789ABCDEF01234567";

    public static readonly Guid CorrelationId = Guid.Parse("c0ffee00-1111-4222-8333-444455556666");
    public static readonly DateTimeOffset Now = new(2026, 10, 18, 12, 0, 0, TimeSpan.Zero);

    public static ManagedIdentity Identity(ManagedIdentityKind kind) => kind switch
    {
        ManagedIdentityKind.ClientId => ManagedIdentity.FromClientId(ClientId),
        ManagedIdentityKind.ObjectId => ManagedIdentity.FromObjectId(ObjectId),
        ManagedIdentityKind.ResourceId => ManagedIdentity.FromResourceId(ResourceId),
        _ => ManagedIdentity.SystemAssigned,
    };

    /// <summary>A machine that has this source and no other.</summary>
    public static FakeMachine Machine(SourceKind source) => source switch
    {
        SourceKind.AppService => new FakeMachine
        {
            ["IDENTITY_ENDPOINT"] = "http://127.0.0.1:41234/msi/token",
            ["IDENTITY_HEADER"] = Secret,
        },
        SourceKind.AzureArc => new FakeMachine
        {
            ["IDENTITY_ENDPOINT"] = "http://localhost:40342/metadata/identity/oauth2/token",
            ["IMDS_ENDPOINT"] = "http://localhost:40342",
        },
        SourceKind.CloudShell => new FakeMachine { ["MSI_ENDPOINT"] = "http://localhost:50342/oauth2/token" },
        SourceKind.ServiceFabric => new FakeMachine
        {
            ["IDENTITY_ENDPOINT"] = "https://localhost:2377/metadata/identity/oauth2/token",
            ["IDENTITY_HEADER"] = Secret,
            ["IDENTITY_SERVER_THUMBPRINT"] = Thumbprint,
        },
        SourceKind.MachineLearning => new FakeMachine { ["MSI_ENDPOINT"] = "http://127.0.0.1:46808/MSI/auth", ["MSI_SECRET"] = Secret },
        _ => new FakeMachine(),
    };

    public static SourceConnection Connect(MachineEnvironment machine, params IReadOnlyList<string> plainHttpHosts) =>
        SourceDetector.Find(machine, pinned: null).Connect(machine, plainHttpHosts);

    public static SourceConnection Connect(SourceKind source) => Connect(Machine(source));

    /// <summary>The failure of something that must fail.</summary>
    public static TokenFailure FailureOf(Func<object?> action) => Assert.Throws<ManagedIdentityException>(action).Failure;
}
