using System.Collections;
using System.Globalization;
using Keyless.Docs.Tests.Pages;

namespace Keyless.Docs.Tests;

/// <summary>docs/options.md names every option with the default that it has.</summary>
public sealed class OptionsPageTests
{
    [Fact]
    public void it_names_every_option_with_its_default()
    {
        var defaults = new ManagedIdentityOptions();
        var expected = typeof(ManagedIdentityOptions).GetProperties().ToDictionary(static option => $"`{option.Name}`", option => Text(option.GetValue(defaults)), StringComparer.Ordinal);

        var written = new Page("docs/options.md").Table("Option").ToDictionary(static row => row[0], static row => row[1], StringComparer.Ordinal);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, option => Assert.Equal((option.Key, option.Value), (option.Key, written[option.Key])));
    }

    private static string Text(object? value) => value switch
    {
        null => "none",
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s"),
        bool flag => flag ? "`true`" : "`false`",
        ManagedIdentity identity when identity.Equals(ManagedIdentity.SystemAssigned) => "`ManagedIdentity.SystemAssigned`",
        MachineEnvironment machine when ReferenceEquals(machine, MachineEnvironment.Process) => "`MachineEnvironment.Process`",
        TimeProvider time when ReferenceEquals(time, TimeProvider.System) => "`TimeProvider.System`",
        ICollection { Count: 0 } => "empty",
        _ => $"a default that this test has no words for: {value}",
    };
}
