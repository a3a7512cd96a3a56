using System.Globalization;
using Keyless.Cli.Output;

namespace Keyless.Cli.Background;

/// <summary>A running emulator, for people.</summary>
internal static class StatusView
{
    public static void Write(Page page, EmulatorStatus status, DateTimeOffset now)
    {
        var process = status.Process is { } id ? $", process {id}" : "";
        var facts = new FactList { { "runs", $"in {(status.Background ? "the background" : "a terminal")}{process}" } };
        if (status.StartedOn is { } since)
            facts.Add("since", $"{TimeText.Utc(since)}, {TimeText.Relative(since, now)}");
        facts.Add("admin", status.Admin.AbsoluteUri);
        facts.Add("authority", status.Authority);
        facts.Add("configuration", Printable.Of(status.Configuration ?? "none, the defaults"));
        facts.Add("log", status.Log is null ? null : Printable.Of(status.Log));
        if (status.AsksForKey)
        {
            facts.Add("more", "not shown: it asks for its admin key. Give it by --admin-key-file or KEYLESS_ADMIN_KEY.", Ink.Warning);
            facts.WriteTo(page);
            return;
        }

        facts.Add("requests", status.Requests.ToString(CultureInfo.InvariantCulture));
        facts.Add("faults", Faults(status), status.FaultRules + status.QueuedFaults > 0 ? Ink.Warning : Ink.Plain);
        facts.Add("clock", Clock(status.Clock!), Clock(status.Clock!) == "as usual" ? Ink.Plain : Ink.Warning);
        facts.Add("pass-through", status.Passthrough, Ink.Warning);
        facts.WriteTo(page);
        page.Line();
        WriteHosts(page, status);
    }

    private static void WriteHosts(Page page, EmulatorStatus status)
    {
        var table = new TextTable(
            new Column("Host"), new Column("Kind"), new Column("Requests", AlignRight: true), new Column("Endpoint", MayFold: true));
        foreach (var host in status.Hosts)
        {
            table.Add(
                Printable.Of(host.Name),
                new Cell(host.Problem is null ? host.Kind : $"{host.Kind}, not usable", host.Problem is null ? Ink.Plain : Ink.Warning),
                host.Requests.ToString(CultureInfo.InvariantCulture),
                host.Endpoint);
        }

        table.WriteTo(page);
        foreach (var host in status.Hosts.Where(host => host.Problem is not null))
            page.Paragraph($"Note on {Printable.Of(host.Name)}: {Printable.Of(host.Problem!)}", ink: Ink.Warning);
    }

    private static string Faults(EmulatorStatus status) => (status.FaultRules, status.QueuedFaults) switch
    {
        (0, 0) => "none",
        (var rules, 0) => Count(rules, "rule"),
        (0, var queued) => $"{queued} queued",
        var (rules, queued) => $"{Count(rules, "rule")}, {queued} queued",
    };

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static string Clock(ClockStatus clock)
    {
        var ahead = clock.Now - clock.RealNow;
        var parts = new List<string>();
        if (clock.Frozen)
            parts.Add($"frozen at {TimeText.Utc(clock.Now)}");
        else if (ahead.Duration() >= TimeSpan.FromSeconds(1))
            parts.Add($"{TimeText.RoundLength(ahead)} {(ahead > TimeSpan.Zero ? "ahead" : "behind")}");
        if (clock.Speed != 1)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{clock.Speed} times as fast"));
        if (clock.Skew != "0s")
            parts.Add($"others are told a time that is {clock.Skew} off");
        return parts.Count == 0 ? "as usual" : string.Join(", ", parts);
    }
}
