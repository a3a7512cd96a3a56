using System.Globalization;
using System.Text;
using Keyless.Docs.Tests.Pages;
using Keyless.Msal.Errors;
using Keyless.Msal.Tests.Api;
using Keyless.Msal.Tests.Comparison;

namespace Keyless.Docs.Tests;

/// <summary>docs/migrating-from-msal.md says what the tests of the MSAL shape go by.</summary>
public sealed class MigrationPageTests
{
    private const string MigrationPage = "docs/migrating-from-msal.md";

    [Fact]
    public void it_has_every_difference()
    {
        var text = new StringBuilder("| What | MSAL.NET | Keyless.Msal | Why |\n|---|---|---|---|\n");
        foreach (var row in KnownDifferences.All)
            text.Append(CultureInfo.InvariantCulture, $"| {row.What} | {row.InMsal} | {row.Here} | {row.Why} |\n");

        Written.Check(MigrationPage, "differences", text.ToString());
    }

    [Fact]
    public void it_has_every_gap()
    {
        var text = new StringBuilder("| Not there | Why |\n|---|---|\n");
        foreach (var (member, why) in KnownGaps.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{member.TrimEnd('*').TrimEnd('(', '.').Replace("`1", "<T>", StringComparison.Ordinal)}`{Rest(member)} | {why} |\n");

        Written.Check(MigrationPage, "gaps", text.ToString());
    }

    [Fact]
    public void the_page_on_errors_has_how_each_kind_is_thrown()
    {
        var text = new StringBuilder("| Kind | Error code | Exception | MSAL.NET, where it differs |\n|---|---|---|---|\n");
        foreach (var row in ErrorMapping.Table)
            text.Append(CultureInfo.InvariantCulture, $"| [{row.Kind}](#{row.Kind.ToString().ToLowerInvariant()}) | `{row.Code}` | `{(row.IsClientException ? "MsalClientException" : "MsalServiceException")}` | {row.InMsal} |\n");

        Written.Check("docs/errors.md", "msal", text.ToString());
    }

    private static string Rest(string member) => member.EndsWith(".*", StringComparison.Ordinal) ? " (what is not listed above)" : "";
}
