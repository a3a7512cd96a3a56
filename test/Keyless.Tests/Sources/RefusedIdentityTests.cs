using Keyless.Sources;

namespace Keyless.Tests.Sources;

/// <summary>Identities that a source can't be asked for are refused before anything is sent.</summary>
public sealed class RefusedIdentityTests
{
    private static readonly Dictionary<FailureKind, string> Codes = new()
    {
        [FailureKind.IdentityNotSupported] = "user_assigned_managed_identity_not_supported",
        [FailureKind.IdentityNotConfigurable] = "user_assigned_managed_identity_not_configurable_at_runtime",
        [FailureKind.IdentityKindNotSupported] = "invalid_managed_identity_id_type",
    };

    [Theory]
    [InlineData(SourceKind.CloudShell, ManagedIdentityKind.ClientId, FailureKind.IdentityNotSupported)]
    [InlineData(SourceKind.CloudShell, ManagedIdentityKind.ObjectId, FailureKind.IdentityNotSupported)]
    [InlineData(SourceKind.CloudShell, ManagedIdentityKind.ResourceId, FailureKind.IdentityNotSupported)]
    [InlineData(SourceKind.ServiceFabric, ManagedIdentityKind.ClientId, FailureKind.IdentityNotConfigurable)]
    [InlineData(SourceKind.ServiceFabric, ManagedIdentityKind.ResourceId, FailureKind.IdentityNotConfigurable)]
    [InlineData(SourceKind.MachineLearning, ManagedIdentityKind.ObjectId, FailureKind.IdentityKindNotSupported)]
    [InlineData(SourceKind.MachineLearning, ManagedIdentityKind.ResourceId, FailureKind.IdentityKindNotSupported)]
    public void The_refusal_names_source_identity_and_a_way_out(
        SourceKind source, ManagedIdentityKind identity, FailureKind kind)
    {
        var failure = Samples.FailureOf(() => RequestText.Describe(source, Samples.Identity(identity)));

        Assert.Equal((kind, Codes[kind], source), (failure.Kind, failure.ErrorCode, failure.Source!.Value));
        Assert.Equal(Samples.Identity(identity), failure.Identity);
        Assert.Equal(Samples.Resource, failure.Resource);
        Assert.False(failure.IsTransient);
        Assert.Contains(Samples.Identity(identity).Id!, failure.Message, StringComparison.Ordinal);
        Assert.Contains("ManagedIdentity.", failure.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_pair_is_described()
    {
        var described = from source in Enum.GetValues<SourceKind>()
                        from kind in Enum.GetValues<ManagedIdentityKind>()
                        where !IsRefused(source, kind)
                        select RequestText.Describe(source, Samples.Identity(kind));

        Assert.Equal(24 - 7, described.Count(request => request.Uri.IsAbsoluteUri));
    }

    private static bool IsRefused(SourceKind source, ManagedIdentityKind kind) => source switch
    {
        SourceKind.CloudShell => kind != ManagedIdentityKind.SystemAssigned,
        SourceKind.ServiceFabric => kind is ManagedIdentityKind.ClientId or ManagedIdentityKind.ResourceId,
        SourceKind.MachineLearning => kind is ManagedIdentityKind.ObjectId or ManagedIdentityKind.ResourceId,
        _ => false,
    };
}
