using Keyless.Interop.Calls;
using Keyless.Interop.Tests.Clients;
using Keyless.Interop.Tests.Compatibility;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests;

/// <summary>A client against each emulated platform, led there by nothing but the host's variables.</summary>
/// <remarks>Each client has a class of its own, so that they run side by side.</remarks>
public abstract class ClientTests
{
    private readonly EmulatedPlatforms _platforms;
    private readonly InteropClient _client;

    private protected ClientTests(EmulatedPlatforms platforms, InteropClient client)
    {
        _platforms = platforms;
        _client = client;
    }

    public static MatrixTheoryData<SourceKind, ManagedIdentityKind> Cells =>
        new(Enum.GetValues<SourceKind>(), Enum.GetValues<ManagedIdentityKind>());

    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    public static TheoryData<SourceKind> SourcesWithSecret => [SourceKind.AppService, SourceKind.ServiceFabric, SourceKind.MachineLearning];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task it_gets_of_each_identity_what_the_table_says(SourceKind source, ManagedIdentityKind kind)
    {
        var outcome = await _platforms.OutcomeOfAsync(_client, source, _platforms.CallFor(kind));

        switch (CompatibilityTable.ExpectedOf(_client, source, kind))
        {
            case Outcome.Token when source == SourceKind.CloudShell:
                AssertUserToken(outcome);
                break;
            case Outcome.Token:
                AssertToken(outcome, kind == ManagedIdentityKind.SystemAssigned ? _platforms.SystemOf(source) : _platforms.Orders);
                break;
            case Outcome.Ignored:
                AssertToken(outcome, _platforms.SystemOf(source));
                break;
            default:
                AssertError(outcome, CompatibilityTable.RefusalOf(_client, source));
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task an_unknown_identity_ends_in_the_emulators_own_words(SourceKind source)
    {
        var call = EmulatedPlatforms.CallForNobody(source);
        var kind = call.By == "object" ? ManagedIdentityKind.ObjectId : ManagedIdentityKind.ClientId;

        var outcome = await _platforms.OutcomeOfAsync(_client, source, call);

        switch (CompatibilityTable.ExpectedOf(_client, source, kind))
        {
            case Outcome.Token:
                AssertError(outcome, "Identity not found: this host has no identity with ");
                break;
            case Outcome.Ignored:
                AssertToken(outcome, _platforms.SystemOf(source));
                break;
            default:
                AssertError(outcome, CompatibilityTable.RefusalOf(_client, source));
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task a_malformed_resource_ends_in_the_emulators_own_words(SourceKind source)
    {
        var outcome = await _platforms.OutcomeOfAsync(_client, source, EmulatedPlatforms.CallForNothing);

        AssertError(outcome, "AADSTS50001: The resource 'no-such-api' is malformed.");
    }

    [Theory]
    [MemberData(nameof(SourcesWithSecret))]
    public async Task a_wrong_secret_ends_in_the_emulators_own_words(SourceKind source)
    {
        _client.Require();
        var variables = new Dictionary<string, string>(_platforms.VariablesOf(source), StringComparer.Ordinal);
        foreach (var secret in new[] { "IDENTITY_HEADER", "MSI_SECRET" })
        {
            if (variables.ContainsKey(secret))
                variables[secret] = "of-yesterday";
        }

        // The Azure SDK's clients would try Service Fabric's 404 five times more, for 24 seconds.
        var call = _platforms.CallFor(ManagedIdentityKind.SystemAssigned) with { Retries = 0 };
        var outcome = Assert.Single(await _client.AskAsync(source, variables, [call]));

        AssertError(
            outcome,
            source == SourceKind.ServiceFabric ? "No application of this cluster has the secret" : "does not hold this host's secret");
    }

    private static void AssertError(TokenOutcome outcome, string text)
    {
        Assert.Null(outcome.Token);
        Assert.Contains(text, outcome.ToString(), StringComparison.Ordinal);
    }

    private void AssertToken(TokenOutcome outcome, EmulatedIdentity identity)
    {
        var claims = AssertIssued(outcome);
        Assert.Equal(identity.ClientId.ToString(), claims["appid"]);
        Assert.Equal(identity.ObjectId.ToString(), claims["oid"]);
        Assert.Equal(identity.ResourceId, claims["xms_mirid"]);
    }

    private void AssertUserToken(TokenOutcome outcome)
    {
        var claims = AssertIssued(outcome);
        Assert.Equal("user", claims["idtyp"]);
        Assert.Equal("user_impersonation", claims["scp"]);
    }

    private Claims AssertIssued(TokenOutcome outcome)
    {
        Assert.True(outcome.Token is not null, outcome.ToString());
        var claims = new Claims(outcome.Token);
        Assert.Equal(EmulatedPlatforms.Vault, claims["aud"]);
        Assert.Equal(_platforms.Emulator.Authority.AbsoluteUri, claims["iss"]);

        // Some clients count the lifetime from when they asked, however long the answer took.
        Assert.InRange(outcome.ExpiresOn!.Value - claims.ExpiresOn, -60, 2);
        return claims;
    }
}

public sealed class MsalTests(EmulatedPlatforms platforms) : ClientTests(platforms, InteropClient.Msal);

public sealed class AzureIdentityTests(EmulatedPlatforms platforms) : ClientTests(platforms, InteropClient.AzureIdentity);

public sealed class MsalNodeTests(EmulatedPlatforms platforms) : ClientTests(platforms, InteropClient.MsalNode);

public sealed class AzureIdentityNodeTests(EmulatedPlatforms platforms) : ClientTests(platforms, InteropClient.AzureIdentityNode);

public sealed class CurlTests(EmulatedPlatforms platforms) : ClientTests(platforms, InteropClient.Curl);
