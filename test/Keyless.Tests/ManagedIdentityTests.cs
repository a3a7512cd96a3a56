namespace Keyless.Tests;

public sealed class ManagedIdentityTests
{
    [Theory]
    [InlineData("8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01")]
    [InlineData("8A1F0C52-63B4-4D19-9C0E-2F5D7B3E6A01")]
    [InlineData("8a1f0c5263b44d199c0e2f5d7b3e6a01")]
    [InlineData("{8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01}")]
    [InlineData(" 8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01\n")]
    public void An_id_is_kept_in_one_form_however_it_was_written(string id)
    {
        Assert.Equal(Samples.ClientId, ManagedIdentity.FromClientId(id).Id);
        Assert.Equal(Samples.ClientId, ManagedIdentity.FromObjectId(id).Id);
    }

    [Theory]
    [InlineData("orders-identity", "display name")]
    [InlineData("8a1f0c52-63b4-4d19-9c0e", "display name")]
    [InlineData("8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a0g", "display name")]
    [InlineData("client_id=8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01", "display name")]
    [InlineData(Samples.ResourceId, "FromResourceId")]
    [InlineData("/subscriptions/x", "FromResourceId")]
    public void What_is_no_id_is_told_what_it_looks_like(string id, string hint)
    {
        foreach (var make in new[] { ManagedIdentity.FromClientId, ManagedIdentity.FromObjectId })
        {
            var error = Assert.Throws<ArgumentException>(() => make(id));

            Assert.Contains($"'{id}'", error.Message, StringComparison.Ordinal);
            Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_error_names_the_parameter_and_the_kind_of_id()
    {
        var client = Assert.Throws<ArgumentException>(() => ManagedIdentity.FromClientId("orders"));
        var principal = Assert.Throws<ArgumentException>(() => ManagedIdentity.FromObjectId("orders"));

        Assert.Equal(("clientId", "objectId"), (client.ParamName, principal.ParamName));
        Assert.Contains("client id", client.Message, StringComparison.Ordinal);
        Assert.Contains("object id", principal.Message, StringComparison.Ordinal);
        Assert.Contains("az identity show --name orders", client.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Samples.ResourceId)]
    [InlineData("/SUBSCRIPTIONS/a/RESOURCEGROUPS/b/PROVIDERS/MICROSOFT.MANAGEDIDENTITY/USERASSIGNEDIDENTITIES/c")]
    [InlineData("/subscriptions/a/resourcegroups/b (c)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/d", false)]
    [InlineData("/subscriptions/a/resourceGroups/b_(c)-d.e/providers/Microsoft.ManagedIdentity/userAssignedIdentities/f")]
    public void A_resource_id_is_kept_to_the_letter(string id, bool accepted = true)
    {
        if (accepted)
            Assert.Equal(id, ManagedIdentity.FromResourceId(id).Id);
        else
            Assert.Throws<ArgumentException>(() => ManagedIdentity.FromResourceId(id));
    }

    [Theory]
    [InlineData("8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01", "FromClientId")]
    [InlineData("orders-identity", "az identity show --name orders-identity")]
    [InlineData("/subscriptions/a/resourceGroups/b", "another shape")]
    [InlineData("/subscriptions/a/resourceGroups/b/providers/Microsoft.ManagedIdentity/userAssignedIdentities/", "another shape")]
    [InlineData("/subscriptions//resourceGroups/b/providers/Microsoft.ManagedIdentity/userAssignedIdentities/c", "another shape")]
    [InlineData("/subscriptions/a/resourceGroups/b/providers/Microsoft.ManagedIdentity/userAssignedIdentities/c/", "another shape")]
    [InlineData("/subscriptions/a/resourceGroups/b/providers/Microsoft.ManagedIdentity/userAssignedIdentities/c/federatedIdentityCredentials/d", "another shape")]
    [InlineData("/subscriptions/a/resourceGroups/b/providers/Microsoft.Compute/virtualMachines/c", "another shape")]
    [InlineData("/subscriptions/a/resourceGroups/b/providers/Microsoft.ManagedIdentity/userAssignedIdentities/c d", "another shape")]
    [InlineData("/subscriptions/a/resourceGroups/b/providers/Microsoft.ManagedIdentity/userAssignedIdentities/c\n", "another shape")]
    [InlineData("x/subscriptions/a/resourceGroups/b/providers/Microsoft.ManagedIdentity/userAssignedIdentities/c", "display name")]
    [InlineData("subscriptions/a/resourceGroups/b/providers/Microsoft.ManagedIdentity/userAssignedIdentities/c", "display name")]
    public void What_is_no_resource_id_is_told_what_it_looks_like(string id, string hint)
    {
        var error = Assert.Throws<ArgumentException>(() => ManagedIdentity.FromResourceId(id));

        Assert.Equal("resourceId", error.ParamName);
        Assert.Contains($"'{id}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_no_id()
    {
        foreach (var make in new[] { ManagedIdentity.FromClientId, ManagedIdentity.FromObjectId, ManagedIdentity.FromResourceId })
        {
            Assert.Throws<ArgumentNullException>(() => make(null!));
            Assert.Throws<ArgumentException>(() => make(""));
            Assert.Throws<ArgumentException>(() => make(" \t"));
        }
    }

    [Fact]
    public void Identities_are_compared_by_kind_and_id_ignoring_case()
    {
        var identity = ManagedIdentity.FromResourceId(Samples.ResourceId);
        var shouted = ManagedIdentity.FromResourceId(Samples.ResourceId.ToUpperInvariant());

        Assert.Equal(identity, shouted);
        Assert.Equal(identity.GetHashCode(), shouted.GetHashCode());
        Assert.NotEqual(ManagedIdentity.FromClientId(Samples.ClientId), ManagedIdentity.FromObjectId(Samples.ClientId));
        Assert.NotEqual(ManagedIdentity.FromClientId(Samples.ClientId), ManagedIdentity.FromClientId(Samples.OtherId));
        Assert.NotEqual(ManagedIdentity.FromClientId(Samples.ClientId), ManagedIdentity.SystemAssigned);
        Assert.False(identity.Equals(null));
        Assert.False(identity.Equals((object)"x"));
    }

    [Fact]
    public void The_machines_own_identity_has_no_id()
    {
        Assert.Equal(ManagedIdentityKind.SystemAssigned, ManagedIdentity.SystemAssigned.Kind);
        Assert.Null(ManagedIdentity.SystemAssigned.Id);
        Assert.Same(ManagedIdentity.SystemAssigned, ManagedIdentity.SystemAssigned);
    }

    [Theory]
    [InlineData(ManagedIdentityKind.SystemAssigned, "the system-assigned identity")]
    [InlineData(ManagedIdentityKind.ClientId, $"the user-assigned identity with client id {Samples.ClientId}")]
    [InlineData(ManagedIdentityKind.ObjectId, $"the user-assigned identity with object id {Samples.ObjectId}")]
    [InlineData(ManagedIdentityKind.ResourceId, $"the user-assigned identity {Samples.ResourceId}")]
    public void An_identity_prints_as_part_of_a_sentence(ManagedIdentityKind kind, string expected) =>
        Assert.Equal(expected, Samples.Identity(kind).ToString());
}
