using System.Globalization;
using System.Text;
using Keyless.Docs.Tests.Pages;
using Keyless.Pipeline;

namespace Keyless.Docs.Tests;

/// <summary>docs/retries.md says what <see cref="RetryTable"/>, <see cref="RetrySchedule"/> and <see cref="TimeLimits"/> do.</summary>
public sealed class RetriesPageTests
{
    private const string RetriesPage = "docs/retries.md";

    private static readonly SourceKind[] Others =
        [SourceKind.AppService, SourceKind.AzureArc, SourceKind.CloudShell, SourceKind.MachineLearning];

    private static readonly (string What, RetryCue Cue, bool Announced)[] Events =
    [
        .. new[] { 400, 401, 403, 404, 408, 410, 429, 500, 501, 502, 503, 504, 505 }.Select(static status =>
            (status.ToString(CultureInfo.InvariantCulture), RetryCue.FromStatus(status), true)),
        ("no answer within the attempt's time", RetryCue.FromFault(TransportFault.TimedOut), true),
        ("connection broke", RetryCue.FromFault(TransportFault.ConnectionLost), true),
        ("no connection (endpoint announced)", RetryCue.FromFault(TransportFault.ConnectFailed), true),
        ("no connection (nothing announced)", RetryCue.FromFault(TransportFault.ConnectFailed), false),
        ("certificate refused", RetryCue.FromFault(TransportFault.CertificateRefused), true),
        ("answer is no HTTP", RetryCue.FromFault(TransportFault.NotHttp), true),
    ];

    [Fact]
    public void its_table_is_the_retry_table()
    {
        var rows = Events
            .Select(static row => (row.What, Cells: $"{Cell(SourceKind.Imds, row)} | {Cell(SourceKind.ServiceFabric, row)} | {Others.Select(source => Cell(source, row)).Distinct(StringComparer.Ordinal).Single()}"))
            .GroupBy(static row => (row.Cells, IsStatus: char.IsAsciiDigit(row.What[0])));
        var text = new StringBuilder("| The attempt ended in | IMDS | Service Fabric | the others |\n|---|---|---|---|\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(row.Key.IsStatus ? ", " : "; ", row.Select(static r => r.What))} | {row.Key.Cells} |\n");

        Written.Check(RetriesPage, "retry-table", text.ToString());
    }

    [Fact]
    public void its_budgets_are_those_of_the_code()
    {
        var limits = new TimeLimits(chosen: null, new ManagedIdentityOptions().AttemptTimeout);
        var text = new StringBuilder("| What is known | Time for all attempts and pauses together |\n|---|---|\n");
        text.Append(CultureInfo.InvariantCulture, $"| a variable or file announces the endpoint | {Seconds(limits.Initially(announced: true))} s |\n");
        text.Append(CultureInfo.InvariantCulture, $"| nothing announces it (IMDS at its own address), and nothing has answered yet | {Seconds(limits.Initially(announced: false))} s |\n");
        text.Append(CultureInfo.InvariantCulture, $"| the same, once something has answered as a managed identity endpoint does | {Seconds(limits.OnceProven)} s |\n");
        text.Append(CultureInfo.InvariantCulture, $"| IMDS is being updated: its first failure was a 410 | {Seconds(limits.OnceUpdating)} s |\n");

        Written.Check(RetriesPage, "budgets", text.ToString());
    }

    [Theory]
    [InlineData(SourceKind.Imds, 500)]
    [InlineData(SourceKind.Imds, 410)]
    [InlineData(SourceKind.ServiceFabric, 429)]
    [InlineData(SourceKind.AppService, 503)]
    public void jitter_adds_up_to_a_quarter_of_the_usual_pause_and_retry_after_is_the_least(SourceKind source, int status)
    {
        var cue = RetryCue.FromStatus(status);
        var usual = RetrySchedule.PauseBefore(source, cue, 0, retryAfter: null, random: 0);

        Assert.Equal(usual * 1.25, RetrySchedule.PauseBefore(source, cue, 0, retryAfter: null, random: 1));
        Assert.Equal(usual, RetrySchedule.PauseBefore(source, cue, 0, usual / 2, random: 0));
        Assert.Equal(usual * 3, RetrySchedule.PauseBefore(source, cue, 0, usual * 3, random: 0));
    }

    private static string Cell(SourceKind source, (string What, RetryCue Cue, bool Announced) row)
    {
        // A 410 counts as an update of IMDS only if it came first, which it does here.
        var retries = RetryTable.Retries(source, row.Announced, row.Cue, row.Cue);
        if (retries == 0)
            return "final";

        var asLongAsThereIsTime = retries == RetryTable.AsLongAsTheBudgetLasts;
        var pauses = Enumerable.Range(0, Math.Min(retries, 5))
            .Select(retry => Seconds(RetrySchedule.PauseBefore(source, row.Cue, retry, retryAfter: null, random: 0)))
            .ToList();
        var after = pauses.Distinct(StringComparer.Ordinal).Count() == 1 ? $"{pauses[0]} s each" : $"{string.Join(", ", pauses)} s";
        return asLongAsThereIsTime ? $"until the budget is used up: {string.Join(", ", pauses)} … s" : $"{retries} more: {after}";
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
