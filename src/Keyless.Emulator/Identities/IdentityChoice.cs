using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Identities;

/// <summary>How the choice of an identity ended.</summary>
internal enum ChoiceOutcome
{
    Chosen,
    SeveralSelectors,
    NotFound,
    Ambiguous,
    NoneAssigned,
}

/// <summary>The identity that a request gets a token for, or why it gets none.</summary>
/// <remarks>
/// In this order: more than one selector is refused; a selector must name an assigned identity; without one the system-assigned identity
/// is taken, else the only user-assigned one, and of several none.
/// </remarks>
internal sealed record IdentityChoice(ChoiceOutcome Outcome, EmulatedIdentity? Identity = null, IdentitySelector? Selector = null)
{
    /// <summary>All selectors that the request holds.</summary>
    public IReadOnlyList<IdentitySelector> Selectors { get; private init; } = [];

    /// <summary>Says why no identity was chosen.</summary>
    public string Refusal => Outcome switch
    {
        ChoiceOutcome.SeveralSelectors => "More than one identity selector was given. Name the identity once.",
        ChoiceOutcome.NotFound => $"Identity not found: this host has no identity with {Selector!.Parameter.Name} '{Selector.Value}'.",
        ChoiceOutcome.Ambiguous => "Multiple user assigned identities exist, please specify the client id or resource id of one of them.",
        ChoiceOutcome.NoneAssigned => "Identity not found: no identity is assigned to this host.",
        _ => throw new InvalidOperationException("An identity was chosen."),
    };

    public static IdentityChoice Make(Parameters parameters, IEnumerable<SelectorParameter> known, IReadOnlyList<EmulatedIdentity> assigned)
    {
        var selectors = known
            .SelectMany(parameter => parameters.All(parameter.Name).Select(value => new IdentitySelector(parameter, value)))
            .ToArray();
        var choice = selectors switch
        {
            [] => ByDefault(assigned),
            [var one] => assigned.FirstOrDefault(one.Names) is { } identity
                ? new IdentityChoice(ChoiceOutcome.Chosen, identity, one)
                : new IdentityChoice(ChoiceOutcome.NotFound, Selector: one),
            _ => new IdentityChoice(ChoiceOutcome.SeveralSelectors),
        };
        return selectors.Length == 0 ? choice : choice with { Selectors = selectors };
    }

    private static IdentityChoice ByDefault(IReadOnlyList<EmulatedIdentity> assigned)
    {
        if (assigned.FirstOrDefault(identity => identity.IsSystemAssigned) is { } own)
            return new IdentityChoice(ChoiceOutcome.Chosen, own);

        return assigned switch
        {
            [] => new IdentityChoice(ChoiceOutcome.NoneAssigned),
            [var only] => new IdentityChoice(ChoiceOutcome.Chosen, only),
            _ => new IdentityChoice(ChoiceOutcome.Ambiguous),
        };
    }
}
