using System.Globalization;
using System.Text;
using System.Text.Json;
using Keyless.Docs.Tests.Pages;
using Keyless.Emulator.Faults;

namespace Keyless.Docs.Tests;

/// <summary>docs/faults.md names the kinds and presets that there are.</summary>
public sealed class FaultsPageTests
{
    private const string FaultsPage = "docs/faults.md";

    [Fact]
    public void its_kinds_are_those_of_the_code()
    {
        var text = new StringBuilder("| Kind | What happens | Members |\n|---|---|---|\n");
        foreach (var kind in FaultKinds.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{kind.Name}` | {kind.Summary} | {Code(kind.Parameters.Split(", ", StringSplitOptions.RemoveEmptyEntries))} |\n");

        Written.Check(FaultsPage, "kinds", text.ToString());
    }

    [Fact]
    public void its_values_are_those_of_the_code()
    {
        var text = new StringBuilder("| Of | Values |\n|---|---|\n");
        Add<FaultBody>("`status`: `body`");
        Add<RefusalReason>("`refusal`: `reason`");
        Add<HangPoint>("`hang`: `at`");
        Add<CutPoint>("`cut`: `at`");
        Add<ConnectionFlaw>("`connection`: `flaw`");
        Add<BodyFlaw>("`body`: `flaw`");
        Add<ContentFlaw>("`content-type`: `flaw`");
        Add<FieldFlaw>("`field`: `flaw`");
        Add<Keyless.Emulator.Tokens.TokenFlaw>("`token`: `flaw`");
        Add<ArcFlaw>("`arc-challenge`: `flaw`");
        Add<KeysFlaw>("`keys`: `flaw`");
        Add<DiscoveryFlaw>("`discovery`: `flaw`");

        Written.Check(FaultsPage, "values", text.ToString());

        void Add<T>(string what)
            where T : struct, Enum => text.Append(
                CultureInfo.InvariantCulture,
                $"| {what} | {Code(Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName))} |\n");
    }

    [Fact]
    public void its_presets_are_those_of_the_code()
    {
        var text = new StringBuilder("| Preset | What happens | How long |\n|---|---|---|\n");
        foreach (var preset in FaultPresets.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{preset.Name}` | {preset.Summary} | {preset.Duration} |\n");

        Written.Check(FaultsPage, "presets", text.ToString());
    }

    private static string Code(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"`{name}`"));
}
