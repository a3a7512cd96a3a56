using System.Diagnostics;

namespace Keyless.Sources;

/// <summary>A text that nothing prints: an identity header, an Azure Arc key.</summary>
[DebuggerDisplay("***")]
internal sealed class Secret(string text)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text = text;

    /// <summary>The text, for the wire only.</summary>
    public string Reveal() => _text;

    /// <summary>Strikes the secret out of a text that came from outside.</summary>
    public string StrikeOut(string text) => _text.Length == 0 ? text : text.Replace(_text, "***", StringComparison.Ordinal);

    public override string ToString() => "***";
}
