using System.Collections;

namespace Keyless.Cli.Output;

/// <summary>Names and what they stand for, in two columns; a long fact goes on below itself.</summary>
internal sealed class FactList(int indent = 2) : IEnumerable
{
    private readonly List<(string Name, string Fact, Ink Ink)> _facts = [];

    /// <summary>Adds a fact; one that is null or empty is left out.</summary>
    public void Add(string name, string? fact, Ink ink = Ink.Plain)
    {
        if (!string.IsNullOrEmpty(fact))
            _facts.Add((name, fact, ink));
    }

    public void WriteTo(Page page)
    {
        if (_facts.Count == 0)
            return;

        var column = indent + _facts.Max(fact => fact.Name.Length) + 2;
        foreach (var (name, fact, ink) in _facts)
        {
            var head = new string(' ', indent) + page.Paint(name, Ink.Faint) + new string(' ', column - indent - name.Length);
            page.Paragraph(fact, column, ink, first: head);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => _facts.GetEnumerator();
}
