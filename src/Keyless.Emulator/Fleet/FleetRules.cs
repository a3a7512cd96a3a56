using System.Text.RegularExpressions;

namespace Keyless.Emulator.Fleet;

/// <summary>What must hold of each host, identity, tenant, API and application by itself, and of their names together.</summary>
internal static partial class FleetRules
{
    public const string NameAdvice = "Give 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.";
    public const string SecretAdvice = "Give 16 to 128 letters and digits.";

    public static bool IsName(string? name) => name is not null && NameForm().IsMatch(name);

    public static bool IsSecret(string secret) => SecretForm().IsMatch(secret);

    /// <exception cref="EmulatorException">Something does not hold; the message names the option.</exception>
    public static void Check(EmulatorOptions options)
    {
        CheckNames(options.Tenants.Select(tenant => tenant.Name), nameof(options.Tenants));
        CheckNames(options.Hosts.Select(host => host.Name), nameof(options.Hosts));
        CheckNames(options.Applications.Select(application => application.Name), nameof(options.Applications));
        foreach (var tenant in options.Identities.GroupBy(identity => identity.Tenant, StringComparer.Ordinal))
            CheckNames(tenant.Select(identity => identity.Name), nameof(options.Identities));

        foreach (var host in options.Hosts)
            Check(host);
        foreach (var resource in options.Resources)
            Check(resource);
        foreach (var application in options.Applications)
            ApplicationRules.Check(application);
        foreach (var identifiers in options.Resources.SelectMany(resource => resource.Identifiers).GroupBy(id => id, StringComparer.OrdinalIgnoreCase))
        {
            EmulatorOptions.Require(
                identifiers.Count() == 1,
                $"{nameof(options.Resources)}[{identifiers.Key}]",
                $"has the identifier {identifiers.Key} more than once. An identifier belongs to one API.");
        }
    }

    private static void Check(HostDescription host)
    {
        var option = $"{nameof(EmulatorOptions.Hosts)}[{host.Name}]";
        EmulatorOptions.Require(Enum.IsDefined(host.Kind), $"{option}.{nameof(host.Kind)}", $"is {host.Kind}, which is no kind of host.");
        EmulatorOptions.RequirePort(host.Port, $"{option}.{nameof(host.Port)}");
        EmulatorOptions.Require(
            host.Secret is null || IsSecret(host.Secret),
            $"{option}.{nameof(host.Secret)}",
            $"does not have the form of a secret. {SecretAdvice}");
        EmulatorOptions.Require(
            host.PropagationDelay >= TimeSpan.Zero && host.PropagationDelay <= TimeSpan.FromDays(30),
            $"{option}.{nameof(host.PropagationDelay)}",
            $"is {host.PropagationDelay}. Give a time of up to 30 days.");
        EmulatorOptions.Require(
            host.Kind != HostKind.CloudShell || host.UserAssigned is not { Count: > 0 },
            $"{option}.{nameof(host.UserAssigned)}",
            "names identities, but the tokens of Cloud Shell are its user's. Leave it out.");
    }

    private static void Check(ResourceDescription resource)
    {
        EmulatorOptions.Require(
            resource.Identifiers is { Count: > 0 },
            nameof(EmulatorOptions.Resources),
            "holds an API without an identifier. Give at least one, such as api://orders.");
        EmulatorOptions.Require(
            resource.TokenVersion is 1 or 2,
            $"{nameof(EmulatorOptions.Resources)}[{resource.Identifiers[0]}].{nameof(resource.TokenVersion)}",
            $"is {resource.TokenVersion}. Give 1 or 2.");
    }

    private static void CheckNames(IEnumerable<string> names, string option)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            EmulatorOptions.Require(IsName(name), option, $"holds the name '{name}'. {NameAdvice}");
            EmulatorOptions.Require(
                seen.Add(name), $"{option}[{name}]", "has a name that another one has. Names must differ, and not in case alone.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameForm();

    [GeneratedRegex("^[A-Za-z0-9]{16,128}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretForm();
}
