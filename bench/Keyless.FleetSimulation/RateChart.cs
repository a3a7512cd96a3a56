using System.Globalization;
using System.Text;

namespace Keyless.FleetSimulation;

/// <summary>The rates of two results as an SVG: the whole time above, the first outage and what follows it below. Logarithmic.</summary>
internal sealed class RateChart(Result keyless, Result other)
{
    private const int Width = 960;
    private const int Left = 92;
    private const int Right = 24;
    private const int PanelHeight = 250;
    private const int FirstTop = 78;
    private const int SecondTop = FirstTop + PanelHeight + 96;
    private const int Height = SecondTop + PanelHeight + 62;
    private const double LeastRate = 10;
    private const double MostRate = 1_000_000;

    private const string KeylessColour = "#0b61a4";
    private const string OtherColour = "#c2410c";
    private const string Ink = "#1f2937";

    private readonly StringBuilder _svg = new();

    public override string ToString()
    {
        var outage = keyless.Scenario.Outages[0];
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" font-family="sans-serif" font-size="13" fill="{Ink}">""");
        Add($"<title>Requests to the identity provider, {keyless.Rules} and {other.Rules}</title>");
        Add($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>""");
        Add($"""<text x="{Left}" y="26" font-size="16" font-weight="bold">Requests to the identity provider: {keyless.Scenario.Nodes:#,0} nodes × {keyless.Scenario.Resources} tokens of {keyless.Scenario.Lifetime.TotalHours:0} h</text>""");
        Legend(Left, 48);

        Panel(new Axis(FirstTop, TimeSpan.Zero, keyless.Scenario.Duration), "30 days, hourly averages", width: 60, tick: TimeSpan.FromDays(5), "day");
        Panel(
            new Axis(SecondTop, outage.From - TimeSpan.FromHours(2), outage.From + TimeSpan.FromHours(16)),
            "the first outage and what follows, averages of 5 minutes",
            Rates.Window,
            TimeSpan.FromHours(2),
            "hours since the outage began",
            outage.From);
        Add($"</svg>");
        return _svg.ToString();
    }

    private void Legend(int x, int y)
    {
        Item(KeylessColour, "", keyless.Rules);
        Item(OtherColour, "", $"{other.Rules}, {other.Scenario.Callers} callers at a time");
        Item(KeylessColour, " stroke-dasharray=\"5 4\"", $"twice {keyless.Rules}'s mean");
        Add($"""<rect x="{x}" y="{y - 10}" width="22" height="12" fill="#d1d5db"/><text x="{x + 28}" y="{y}">outage</text>""");

        void Item(string colour, string dash, string name)
        {
            Add($"""<line x1="{x}" y1="{y - 4}" x2="{x + 22}" y2="{y - 4}" stroke="{colour}" stroke-width="2"{dash}/><text x="{x + 28}" y="{y}">{name}</text>""");
            x += 52 + (name.Length * 7);
        }
    }

    private void Panel(Axis axis, string title, int width, TimeSpan tick, string unit, TimeSpan origin = default)
    {
        foreach (var outage in keyless.Scenario.Outages)
        {
            var (from, to) = (axis.X(outage.From), axis.X(outage.To));
            if (from >= Left && to <= Width - Right)
                Add($"""<rect x="{from:0.0}" y="{axis.Top}" width="{Math.Max(to - from, 1):0.0}" height="{PanelHeight}" fill="#d1d5db"/>""");
        }

        for (var rate = LeastRate; rate <= MostRate; rate *= 10)
        {
            Add($"""<line x1="{Left}" y1="{axis.Y(rate):0.0}" x2="{Width - Right}" y2="{axis.Y(rate):0.0}" stroke="#e5e7eb"/>""");
            Add($"""<text x="{Left - 8}" y="{axis.Y(rate) + 4:0.0}" text-anchor="end">{rate:#,0}</text>""");
        }

        for (var time = axis.From; time <= axis.To; time += tick)
        {
            var label = (time - origin) / (tick >= TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1));
            Add($"""<line x1="{axis.X(time):0.0}" y1="{axis.Bottom}" x2="{axis.X(time):0.0}" y2="{axis.Bottom + 5}" stroke="{Ink}"/>""");
            Add($"""<text x="{axis.X(time):0.0}" y="{axis.Bottom + 20}" text-anchor="middle">{label:0}</text>""");
        }

        Add($"""<text x="{Left + 6}" y="{axis.Top - 8}" fill="#4b5563">{title}</text>""");
        Add($"""<text x="{(Left + Width - Right) / 2}" y="{axis.Bottom + 40}" text-anchor="middle">{unit}</text>""");
        Add($"""<text transform="translate(20 {axis.Top + (PanelHeight / 2)}) rotate(-90)" text-anchor="middle">requests a minute</text>""");
        Add($"""<line x1="{Left}" y1="{axis.Y(2 * keyless.Rates.Mean):0.0}" x2="{Width - Right}" y2="{axis.Y(2 * keyless.Rates.Mean):0.0}" stroke="{KeylessColour}" stroke-dasharray="5 4"/>""");
        Line(axis, other.Rates, width, OtherColour);
        Line(axis, keyless.Rates, width, KeylessColour);
        Add($"""<path d="M{Left} {axis.Top}V{axis.Bottom}H{Width - Right}" fill="none" stroke="{Ink}"/>""");
    }

    private void Line(Axis axis, Rates rates, int width, string colour)
    {
        _svg.Append("<polyline points=\"");
        for (var minute = (int)axis.From.TotalMinutes; minute + width <= axis.To.TotalMinutes; minute += width)
            _svg.Append(CultureInfo.InvariantCulture, $"{axis.X(TimeSpan.FromMinutes(minute + (width / 2.0))):0.0},{axis.Y(rates.Average(minute, width)):0.0} ");
        _svg.Append('"');
        Add($"""" fill="none" stroke="{colour}" stroke-width="1.6" stroke-linejoin="round"/>"""");
    }

    private void Add(FormattableString line) => _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private readonly record struct Axis(int Top, TimeSpan From, TimeSpan To)
    {
        public int Bottom => Top + PanelHeight;

        public double X(TimeSpan time) => Left + ((time - From) / (To - From) * (Width - Left - Right));

        public double Y(double rate) =>
            Bottom - (Math.Log10(Math.Clamp(rate, LeastRate, MostRate) / LeastRate) / Math.Log10(MostRate / LeastRate) * PanelHeight);
    }
}
