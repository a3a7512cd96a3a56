namespace Keyless.Tests.Conventions;

/// <summary>Which namespace may know of which: read from the compiled code, method bodies included.</summary>
public sealed class LayerTests
{
    private const string Root = "Keyless";

    // Sources describe, caching keeps; neither knows of the other. The pipeline brings them together.
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Keyless.Sources"] = [Root],
        ["Keyless.Caching"] = [Root],
        ["Keyless.Diagnostics"] = [Root, "Keyless.Sources"],
        ["Keyless.Pipeline"] = [Root, "Keyless.Sources", "Keyless.Caching", "Keyless.Diagnostics"],
        ["Keyless.Acquisition"] = [Root, "Keyless.Sources", "Keyless.Caching", "Keyless.Diagnostics", "Keyless.Pipeline"],
    };

    public static TheoryData<string> Layers() => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_uses_the_layers_below_it_only(string layer)
    {
        var uses = References(layer).Where(use => use.To.Namespace != layer && !MayUse[layer].Contains(use.To.Namespace));

        Assert.Equal("", string.Join('\n', uses.Select(use => $"{use.From} uses {use.To}").Distinct().Order(StringComparer.Ordinal)));
    }

    // A test that finds no reference at all would hold for everything.
    [Theory]
    [InlineData("Keyless.Pipeline", "Keyless.Sources.SourceConnection")]
    [InlineData("Keyless.Pipeline", "Keyless.Caching.RefreshSchedule")]
    [InlineData("Keyless.Pipeline", "Keyless.Diagnostics.Redaction")]
    [InlineData("Keyless.Acquisition", "Keyless.Pipeline.PipelineSettings")]
    [InlineData("Keyless.Diagnostics", "Keyless.Sources.Secret")]
    [InlineData("Keyless.Sources", "Keyless.ManagedIdentityException")]
    [InlineData("Keyless.Caching", "Keyless.TokenFailure")]
    public void References_are_found_where_there_are_some(string layer, string type) =>
        Assert.Contains(References(layer), use => use.To.FullName == type);

    private static IEnumerable<(Type From, Type To)> References(string layer) =>
        from type in typeof(ManagedIdentityClient).Assembly.GetTypes()
        where type.Namespace == layer
        from used in CompiledReferences.Of(type)
        where used.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true
        select (type, used);
}
