using Keyless.Msal.Tests.Comparison;

namespace Keyless.Msal.Tests.Api;

/// <summary>What MSAL.NET 4.92.0 offers for managed identities, this library offers under the same name, or the gap is listed.</summary>
public sealed class ApiTests
{
    private static readonly string[] Missing =
    [
        .. ApiTypes.InScope.SelectMany(name => ApiTypes.InMsal(name).SelectMany(ApiText.Members).Except(ApiTypes.Here(name) is { } here ? ApiText.Members(here) : [], StringComparer.Ordinal)),
    ];

    public static TheoryData<string> Types() => [.. ApiTypes.InScope];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_member_is_there_or_listed_as_a_gap(string name)
    {
        Assert.NotEmpty(ApiTypes.InMsal(name));

        Assert.DoesNotContain(Missing, member => member.StartsWith($"{name}.", StringComparison.Ordinal) && !KnownGaps.All.Any(gap => Covers(gap.Member, member)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_that_is_there_is_of_the_same_kind(string name)
    {
        // Two extension classes of theirs share a name; of the confidential client there is a part only.
        if (ApiTypes.Here(name) is not { } here || name is "ConfidentialClientApplicationBuilder" or "ConfidentialClientApplication" or "AcquireTokenForClientParameterBuilder" or "AcquireTokenParameterBuilderExtensions")
            return;
        var theirs = Assert.Single(ApiTypes.InMsal(name));

        Assert.Equal(ApiText.Base(theirs), ApiText.Base(here));
        Assert.Equal((theirs.IsInterface, theirs.IsEnum, theirs.IsAbstract), (here.IsInterface, here.IsEnum, here.IsAbstract));
        Assert.True(theirs.IsSealed || !here.IsSealed || theirs.GetConstructors().Length == 0 || NotDerivedFrom.Contains(name), "Code that derives from it would not compile.");
        Assert.Equal(theirs.GetCustomAttributes(typeof(ObsoleteAttribute), inherit: false).Length, here.GetCustomAttributes(typeof(ObsoleteAttribute), inherit: false).Length);
    }

    [Fact]
    public void Every_listed_gap_exists() => Assert.DoesNotContain(KnownGaps.All, gap => !Missing.Any(member => Covers(gap.Member, member)));

    [Fact]
    public void Every_code_that_managed_identities_have_is_there()
    {
        // The star of the listed gap must hide none of these.
        var words = new[] { "managed_identity", "exactly_one_scope", "experimental", "token_provider_response" };

        Assert.DoesNotContain(Missing, member => member.StartsWith("MsalError.", StringComparison.Ordinal)
            && !member.Contains("mtls", StringComparison.OrdinalIgnoreCase)
            && words.Any(word => member.Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void Public_types_are_in_the_one_namespace() => Assert.All(ApiTypes.AllHere, type => Assert.Equal("Keyless.Msal", type.Namespace));

    // Nobody derives from what only the library makes or reads.
    private static readonly string[] NotDerivedFrom = ["AccountId", "RegionDetails"];

    private static bool Covers(string pattern, string member) => KnownDifference.Fits(pattern, member);
}
