using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

/// <summary>The wrong identity is never returned: by what the answer echoes and by what the token claims, as far as there is any.</summary>
public sealed class IdentityVerifierTests
{
    private const string Group = "/subscriptions/5b0e2c4d-7f31-4a6b-9d88-e1c2f3a4b503/resourcegroups/shop-rg";
    private const string OtherResourceId = $"{Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/billing";
    private const string MachineResourceId = $"{Group}/providers/Microsoft.Compute/virtualMachines/shop-vm";

    private enum Echo
    {
        None,
        Blank,
        Same,
        SameInCapitals,
        Other,
    }

    // Who asks for an id, by source and kind, x what the answer echoes x what the token claims.
    [Theory]
    [InlineData(ManagedIdentityKind.ClientId)]
    [InlineData(ManagedIdentityKind.ObjectId)]
    [InlineData(ManagedIdentityKind.ResourceId)]
    public void A_user_assigned_identity_is_confirmed_by_echo_and_claim(ManagedIdentityKind kind)
    {
        foreach (var source in Enum.GetValues<SourceKind>())
        {
            foreach (var echo in Enum.GetValues<Echo>())
            {
                foreach (var claim in Enum.GetValues<Echo>())
                {
                    var wrong = echo == Echo.Other || claim == Echo.Other
                        || (source == SourceKind.AzureArc && echo is Echo.None or Echo.Blank);

                    var failure = Verify(
                        source,
                        kind,
                        Echoing(kind, Value(kind, echo)) with { AccessToken = Token(kind, Value(kind, claim)) });

                    Assert.True(wrong == failure is not null, $"{source}, {kind}, echo {echo}, claim {claim}: {failure?.Message}");
                    if (failure is not null)
                        AssertNames(failure, Samples.Identity(kind).Id!);
                }
            }
        }
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJub25lIn0.bm90IGpzb24.c2ln")]
    public void An_opaque_token_speaks_for_nobody(string token)
    {
        foreach (var kind in Enum.GetValues<ManagedIdentityKind>())
        {
            Assert.Null(Verify(SourceKind.Imds, kind, new TokenResponse { AccessToken = token }));
            Assert.Null(Verify(SourceKind.AzureArc, kind, Echoing(kind, Value(kind, Echo.Same)) with { AccessToken = token }));
        }
    }

    [Fact]
    public void Both_identities_are_named()
    {
        var response = new TokenResponse { AccessToken = "opaque", ClientId = Samples.OtherId };
        var failure = Verify(SourceKind.Imds, ManagedIdentityKind.ClientId, response)!;

        Assert.Equal(
            $"The user-assigned identity with client id {Samples.ClientId} was asked for, "
            + $"but the host answered with the identity of client id {Samples.OtherId}.",
            failure.Message);
        Assert.Equal((FailureKind.WrongIdentity, "user_assigned_managed_identity_not_confirmed"), (failure.Kind, failure.ErrorCode));
    }

    [Fact]
    public void An_Arc_agent_that_does_not_confirm_is_told_from_one_that_contradicts()
    {
        var failure = Verify(SourceKind.AzureArc, ManagedIdentityKind.ClientId, new TokenResponse { AccessToken = "opaque" })!;

        Assert.Contains("did not confirm", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Update the Azure Arc agent", failure.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SourceKind.Imds, true)]
    [InlineData(SourceKind.AppService, true)]
    [InlineData(SourceKind.AzureArc, true)]
    [InlineData(SourceKind.ServiceFabric, false)]
    [InlineData(SourceKind.CloudShell, false)]
    [InlineData(SourceKind.MachineLearning, false)]
    public void The_machines_own_identity_is_not_a_user_assigned_one(SourceKind source, bool verified)
    {
        var claimed = Verify(
            source,
            ManagedIdentityKind.SystemAssigned,
            new TokenResponse { AccessToken = Jwts.Of(("xms_mirid", OtherResourceId), ("appid", Samples.OtherId)) });
        var echoed = Verify(
            source,
            ManagedIdentityKind.SystemAssigned,
            new TokenResponse { AccessToken = "opaque", ResourceId = OtherResourceId, ClientId = Samples.OtherId });

        Assert.Equal((verified, verified), (claimed is not null, echoed is not null));
        if (verified)
        {
            AssertNames(claimed!, OtherResourceId, Samples.OtherId);
            AssertNames(echoed!, OtherResourceId, Samples.OtherId);
        }
    }

    [Fact]
    public void The_machines_own_identity_bears_the_machines_name()
    {
        foreach (var source in Enum.GetValues<SourceKind>())
        {
            Assert.Null(Verify(source, ManagedIdentityKind.SystemAssigned, new TokenResponse
            {
                AccessToken = Jwts.Of(("xms_mirid", MachineResourceId), ("appid", Samples.OtherId)),
                ClientId = Samples.OtherId,
            }));
        }
    }

    [Theory]
    [InlineData(Samples.ClientId, null, false)]
    [InlineData(null, Samples.ClientId, false)]
    [InlineData(null, null, false)]
    [InlineData("", Samples.ClientId, false)]
    [InlineData(Samples.OtherId, null, true)]
    [InlineData(null, Samples.OtherId, true)]
    [InlineData("", Samples.OtherId, true)]
    [InlineData(Samples.ClientId, Samples.OtherId, true)]
    [InlineData(Samples.OtherId, Samples.ClientId, true)]
    public void The_default_identity_of_Machine_Learning_is_confirmed_too(string? echoed, string? claimed, bool wrong)
    {
        var machine = Samples.Machine(SourceKind.MachineLearning);
        machine["DEFAULT_IDENTITY_CLIENT_ID"] = Samples.ClientId.ToUpperInvariant();
        var response = new TokenResponse { AccessToken = claimed is null ? "opaque" : Jwts.Of(("appid", claimed)), ClientId = echoed };

        var failure = IdentityVerifier.Verify(ManagedIdentity.SystemAssigned, Samples.Connect(machine), response);

        Assert.Equal(wrong, failure is not null);
        Assert.Equal(wrong, failure?.Message.Contains("DEFAULT_IDENTITY_CLIENT_ID", StringComparison.Ordinal) == true);
    }

    // What a host echoes goes into the message: it must be fit for it.
    [Fact]
    public void What_the_host_says_is_cleaned_before_it_is_repeated()
    {
        var token = Jwts.Of(("appid", Samples.OtherId));
        string[] echoes = [$"x {Samples.Secret} y", token, new string('x', 60_000), "two\nlines\u001b[2J", "the-opaque-token"];
        foreach (var echo in echoes)
        {
            foreach (var (kind, response) in new[]
            {
                (ManagedIdentityKind.ClientId, new TokenResponse { AccessToken = "the-opaque-token", ClientId = echo }),
                (
                    ManagedIdentityKind.SystemAssigned,
                    new TokenResponse { AccessToken = "the-opaque-token", ClientId = echo, ResourceId = OtherResourceId + echo }),
            })
            {
                var text = Verify(SourceKind.AppService, kind, response)!.ToString();

                Assert.DoesNotContain(Samples.Secret, text, StringComparison.Ordinal);
                Assert.DoesNotContain(token, text, StringComparison.Ordinal);
                Assert.DoesNotContain("the-opaque-token", text, StringComparison.Ordinal);
                Assert.DoesNotContain(text, char.IsControl);
                Assert.True(text.Length < 4000, $"{text.Length} characters");
            }
        }
    }

    private static TokenFailure? Verify(SourceKind source, ManagedIdentityKind kind, TokenResponse response) =>
        IdentityVerifier.Verify(Samples.Identity(kind), Samples.Connect(source), response);

    private static void AssertNames(TokenFailure failure, params string[] names)
    {
        Assert.Equal((FailureKind.WrongIdentity, false), (failure.Kind, failure.IsTransient));
        Assert.All(names, name => Assert.Contains(name, failure.Message, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Value(ManagedIdentityKind kind, Echo echo) => echo switch
    {
        Echo.None => null,
        Echo.Blank => "",
        Echo.Same => Samples.Identity(kind).Id,
        Echo.SameInCapitals => Samples.Identity(kind).Id!.ToUpperInvariant(),
        _ => kind == ManagedIdentityKind.ResourceId ? OtherResourceId : Samples.OtherId,
    };

    private static TokenResponse Echoing(ManagedIdentityKind kind, string? id) => kind switch
    {
        ManagedIdentityKind.ClientId => new TokenResponse { ClientId = id },
        ManagedIdentityKind.ObjectId => new TokenResponse { ObjectId = id },
        ManagedIdentityKind.ResourceId => new TokenResponse { ResourceId = id },
        _ => default,
    };

    private static string Token(ManagedIdentityKind kind, string? id) => id is null ? "opaque" : kind switch
    {
        ManagedIdentityKind.ClientId => Jwts.Of(("appid", id)),
        ManagedIdentityKind.ObjectId => Jwts.Of(("oid", id)),
        _ => Jwts.Of(("xms_mirid", id)),
    };
}
