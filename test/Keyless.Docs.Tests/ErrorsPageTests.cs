using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Keyless.Diagnostics;
using Keyless.Docs.Tests.Pages;
using Microsoft.Extensions.Logging;

namespace Keyless.Docs.Tests;

/// <summary>docs/errors.md says what <see cref="FailureGuide"/>, the log messages and the meter say.</summary>
public sealed class ErrorsPageTests
{
    private const string ErrorsPage = "docs/errors.md";

    [Fact]
    public void it_has_every_kind_with_its_meaning_and_cure()
    {
        var text = new StringBuilder();
        foreach (var guide in FailureGuide.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {guide.Kind}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"`{guide.ErrorCode}`, {(guide.IsTransient ? "transient: may pass by itself" : "permanent: somebody must change something")}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{Escape(guide.Meaning)}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"**What to do:** {Escape(guide.Cure)}\n\n");
        }

        Written.Check(ErrorsPage, "kinds", text.ToString());
    }

    [Fact]
    public void it_has_every_error_code_with_its_kinds()
    {
        var text = new StringBuilder("| Error code | Kinds |\n|---|---|\n");
        foreach (var code in FailureGuide.All.GroupBy(static guide => guide.ErrorCode, StringComparer.Ordinal).OrderBy(static code => code.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| `{code.Key}` | {string.Join(", ", code.Select(static guide => LinkTo(guide.Kind)))} |\n");

        Written.Check(ErrorsPage, "codes", text.ToString());
    }

    [Fact]
    public void it_has_every_log_message_with_its_id()
    {
        var messages = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .OrderBy(static message => message.EventId)
            .ToList();
        Assert.NotEmpty(messages);
        var text = new StringBuilder("| Id | Level | Message |\n|---|---|---|\n");
        foreach (var message in messages)
            text.Append(CultureInfo.InvariantCulture, $"| {message.EventId} | {message.Level} | {Escape(message.Message)} |\n");

        Written.Check(ErrorsPage, "logs", text.ToString());
    }

    [Fact]
    public void it_has_every_instrument_of_the_meter()
    {
        var instruments = typeof(Telemetry).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(static field => field.GetValue(null))
            .OfType<Instrument>()
            .ToList();
        Assert.NotEmpty(instruments);
        var text = new StringBuilder("| Instrument | Unit | What it counts or measures |\n|---|---|---|\n");
        foreach (var instrument in instruments)
            text.Append(CultureInfo.InvariantCulture, $"| `{instrument.Name}` | {instrument.Unit} | {instrument.Description} |\n");

        Written.Check(ErrorsPage, "instruments", text.ToString());
    }

    private static string LinkTo(FailureKind kind) => $"[{kind}](#{kind.ToString().ToLowerInvariant()})";

    // What stands in angle brackets would be taken for HTML.
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
