using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Fleet;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Tests.Identities;

public sealed class IdentityChoiceTests
{
    private static readonly SelectorParameter[] Known = [new("client_id", SelectorKind.ClientId), new("object_id", SelectorKind.ObjectId)];

    private static readonly EmulatedIdentity[] Fleet =
        [.. FleetPlan.Of(new EmulatorOptions { Sources = [SourceKind.Imds] }).Directory.Identities.Select(entry => entry.Identity)];

    private static readonly EmulatedIdentity Own = Fleet[0];
    private static readonly EmulatedIdentity One = Fleet[1];
    private static readonly EmulatedIdentity Other = Fleet[2];

    [Fact]
    public void without_a_selector_the_hosts_own_identity_is_taken() => Assert.Same(Own, Choose("", One, Own, Other).Identity);

    [Fact]
    public void without_a_selector_the_only_identity_is_taken() => Assert.Same(One, Choose("", One).Identity);

    [Fact]
    public void without_a_selector_several_user_assigned_identities_are_ambiguous()
    {
        var choice = Choose("", One, Other);

        Assert.Equal(ChoiceOutcome.Ambiguous, choice.Outcome);
        Assert.StartsWith("Multiple user assigned identities exist", choice.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void a_host_without_identities_has_none_to_choose() => Assert.Equal(ChoiceOutcome.NoneAssigned, Choose("").Outcome);

    [Fact]
    public void an_identity_that_is_not_assigned_is_not_found_and_named_in_the_refusal()
    {
        var choice = Choose($"client_id={Other.ClientId}", Own, One);

        Assert.Equal(ChoiceOutcome.NotFound, choice.Outcome);
        Assert.Contains(Other.ClientId.ToString(), choice.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void a_value_counts_only_for_its_own_parameter() =>
        Assert.Equal(ChoiceOutcome.NotFound, Choose($"client_id={One.ObjectId}", Own, One).Outcome);

    [Fact]
    public void several_selectors_are_refused_even_when_they_agree() =>
        Assert.Equal(ChoiceOutcome.SeveralSelectors, Choose($"client_id={One.ClientId}&object_id={One.ObjectId}", Own, One).Outcome);

    [Fact]
    public void names_of_parameters_ignore_case() => Assert.Same(One, Choose($"Client_ID={One.ClientId}", Own, One).Identity);

    private static IdentityChoice Choose(string query, params EmulatedIdentity[] assigned) =>
        IdentityChoice.Make(Parameters.Parse(query), Known, assigned);
}
