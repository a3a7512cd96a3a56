using System.Globalization;
using System.Text;
using Keyless.Benchmarks.Comparison;

namespace Keyless.Benchmarks.Results;

/// <summary>What a hit costs with more and more tokens beside, as an SVG. Both scales are logarithmic.</summary>
internal sealed class HitChart(MicroResults micro)
{
    private const int Width = 760;
    private const int Height = 430;
    private const int Left = 92;
    private const int Right = 150;
    private const int Top = 56;
    private const int Bottom = Height - 62;
    private const double LeastTime = 1;
    private const double MostTime = 10_000_000;
    private const double MostTokens = 10_000;
    private const string Ink = "#1f2937";

    private static readonly int[] Tokens = [1, 100, 10_000];

    private static readonly (string Name, string Method, string Colour)[] Lines =
    [
        ("MSAL.NET", nameof(Hits.MsalNet), "#c2410c"),
        ("Keyless.Msal", nameof(Hits.KeylessMsal), "#0f766e"),
        ("Keyless", nameof(Hits.Keyless), "#0b61a4"),
    ];

    private readonly StringBuilder _svg = new();

    public override string ToString()
    {
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" font-family="sans-serif" font-size="13" fill="{Ink}">""");
        Add($"<title>The time of a cache hit, by how many tokens are cached</title>");
        Add($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>""");
        Add($"""<text x="{Left}" y="26" font-size="16" font-weight="bold">The time of a cache hit</text>""");
        for (var time = LeastTime; time <= MostTime; time *= 10)
        {
            Add($"""<line x1="{Left}" y1="{Y(time):0.0}" x2="{Width - Right}" y2="{Y(time):0.0}" stroke="#e5e7eb"/>""");
            Add($"""<text x="{Left - 8}" y="{Y(time) + 4:0.0}" text-anchor="end">{Label(time)}</text>""");
        }

        foreach (var tokens in Tokens)
        {
            Add($"""<line x1="{X(tokens):0.0}" y1="{Bottom}" x2="{X(tokens):0.0}" y2="{Bottom + 5}" stroke="{Ink}"/>""");
            Add($"""<text x="{X(tokens):0.0}" y="{Bottom + 20}" text-anchor="middle">{tokens:#,0}</text>""");
        }

        Add($"""<text x="{(Left + Width - Right) / 2}" y="{Bottom + 44}" text-anchor="middle">cached tokens</text>""");
        Add($"""<path d="M{Left} {Top}V{Bottom}H{Width - Right}" fill="none" stroke="{Ink}"/>""");
        foreach (var (name, method, colour) in Lines)
            Line(name, method, colour);
        Add($"</svg>");
        return _svg.ToString();
    }

    private void Line(string name, string method, string colour)
    {
        var points = Tokens
            .Select(tokens => (Tokens: tokens, Time: micro.Find<Hits>(method, tokens)?.Nanoseconds))
            .Where(static point => point.Time is not null)
            .Select(static point => (X: X(point.Tokens), Y: Y(point.Time!.Value), point.Time.Value))
            .ToList();
        var path = string.Join('L', points.Select(static point => Numbers.Format($"{point.X:0.0} {point.Y:0.0}")));
        Add($"""<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>""");
        foreach (var (x, y, time) in points)
        {
            Add($"""<circle cx="{x:0.0}" cy="{y:0.0}" r="3.5" fill="{colour}"/>""");
            var anchor = x == points[0].X ? "start" : "middle";
            Add($"""<text x="{x:0.0}" y="{y - 12:0.0}" text-anchor="{anchor}" fill="{colour}">{Numbers.Nanoseconds(time)}</text>""");
        }

        Add($"""<text x="{points[^1].X + 14:0.0}" y="{points[^1].Y + 12:0.0}" fill="{colour}" font-weight="bold">{name}</text>""");
    }

    private static string Label(double nanoseconds) => nanoseconds switch
    {
        < 1_000 => Numbers.Format($"{nanoseconds:0} ns"),
        < 1_000_000 => Numbers.Format($"{nanoseconds / 1_000:0} µs"),
        _ => Numbers.Format($"{nanoseconds / 1_000_000:0} ms"),
    };

    private static double X(int tokens) => Left + 24 + (Math.Log10(tokens) / Math.Log10(MostTokens) * (Width - Left - Right - 48));

    private static double Y(double time) =>
        Bottom - (Math.Log10(Math.Clamp(time, LeastTime, MostTime) / LeastTime) / Math.Log10(MostTime / LeastTime) * (Bottom - Top));

    private void Add(FormattableString line) => _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
