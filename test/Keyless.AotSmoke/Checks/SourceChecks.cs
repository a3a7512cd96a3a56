using Keyless.AotSmoke.Support;

namespace Keyless.AotSmoke.Checks;

/// <summary>A token of every source, for the machine's own identity and for others, where the source knows any.</summary>
internal static class SourceChecks
{
    private const string Resource = "https://vault.azure.net";

    public static async Task RunAsync(Report report, Emulator emulator)
    {
        foreach (var source in Enum.GetValues<SourceKind>())
        {
            await report.CheckAsync($"{source}, its own identity", () => SystemAssignedAsync(emulator, source));
            foreach (var (kind, name) in KindsOf(source))
                await report.CheckAsync($"{source}, an identity by its {kind}", () => UserAssignedAsync(emulator, source, name));
        }

        await report.CheckAsync($"{SourceKind.CloudShell} has no other identities", () => RefusedAsync(emulator));
    }

    private static IdKind[] KindsOf(SourceKind source)
    {
        var client = new IdKind("client id", static each => ManagedIdentity.FromClientId(each.ClientId));
        var principal = new IdKind("object id", static each => ManagedIdentity.FromObjectId(each.ObjectId));
        var path = new IdKind("resource id", static each => ManagedIdentity.FromResourceId(each.ResourceId));
        return source switch
        {
            SourceKind.CloudShell => [],
            SourceKind.MachineLearning => [client],
            SourceKind.ServiceFabric => [principal],
            _ => [client, principal, path],
        };
    }

    private static async Task SystemAssignedAsync(Emulator emulator, SourceKind source)
    {
        var token = await ClientOf(emulator, source, ManagedIdentity.SystemAssigned).GetTokenAsync(Resource);
        Expect.Same(source, token.Source, "the source");
        Expect.That(token.ExpiresOn > DateTimeOffset.UtcNow, "the token lives");
        Expect.That(Claims.Of(token.Token, "aud") is { Length: > 0 }, "the token is for somebody");

        // The tokens of Cloud Shell are a user's.
        if (source != SourceKind.CloudShell)
            Expect.Same(emulator.Identity(source, isSystemAssigned: true).ObjectId, Claims.Of(token.Token, "oid"), "the identity");
    }

    private static async Task UserAssignedAsync(Emulator emulator, SourceKind source, Func<EmulatedIdentity, ManagedIdentity> name)
    {
        var identity = emulator.Identity(source, isSystemAssigned: false);
        var token = await ClientOf(emulator, source, name(identity)).GetTokenAsync(Resource);
        Expect.Same(identity.ObjectId, Claims.Of(token.Token, "oid"), "the identity");
    }

    private static async Task RefusedAsync(Emulator emulator)
    {
        var client = ClientOf(emulator, SourceKind.CloudShell, ManagedIdentity.FromClientId(Guid.NewGuid().ToString()));
        var result = await client.TryGetTokenAsync(new TokenRequest(Resource));
        Expect.Same(FailureKind.IdentityNotSupported, result.Failure?.Kind, "the failure");
    }

    private static ManagedIdentityClient ClientOf(Emulator emulator, SourceKind source, ManagedIdentity identity) =>
        new(new ManagedIdentityOptions { Environment = emulator.Machine(source), Identity = identity });

    /// <summary>A way to name an identity.</summary>
    private sealed record IdKind(string Kind, Func<EmulatedIdentity, ManagedIdentity> Name);
}
