using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Keyless.Emulator.Passthrough;

/// <summary>
/// Which resources are answered with real tokens: those of the developer who is logged in to <c>az</c> or <c>azd</c> on this machine.
/// Code that runs locally then reaches the real resources, as that developer. It is the <see cref="EmulatorOptions.Passthrough"/> of an
/// emulator.
/// </summary>
public sealed partial record PassthroughOptions : IPassthrough
{
    /// <summary>The command that is asked.</summary>
    public required PassthroughCommand Command { get; init; }

    /// <summary>The resources that real tokens are handed out for, such as <c>https://vault.azure.net</c>; all others get emulated ones.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>The command's program file, as an absolute path.</summary>
    /// <value>Default: null, the first of its name in the directories of the variable <c>PATH</c>.</value>
    public string? Path { get; init; }

    /// <summary>The tenant to get tokens of: an id or a domain.</summary>
    /// <value>Default: null, the one that the login is for.</value>
    public string? Tenant { get; init; }

    /// <summary>How long the command may take.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Variables that the command gets beside those of this process; null takes one away.</summary>
    /// <value>Default: empty. Those that announce managed identities are taken away in any case.</value>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = ImmutableDictionary<string, string?>.Empty;

    IPassthroughTokens IPassthrough.Open(MachineEnvironment machine, TimeProvider clock)
    {
        Validate();
        return new DeveloperTokens(this, machine, clock);
    }

    void IPassthrough.Validate() => Validate();

    private void Validate()
    {
        Require(Enum.IsDefined(Command), nameof(Command), $"is {Command}, which is no command. Give Az or Azd.");
        foreach (var resource in Resources)
        {
            Require(
                resource is not null && ResourceForm().IsMatch(resource),
                nameof(Resources),
                $"holds '{resource}'. Give addresses such as https://vault.azure.net, api://NAME, or GUIDs; each by itself, without '*'.");
        }

        Require(
            Path is null || System.IO.Path.IsPathFullyQualified(Path),
            nameof(Path),
            $"is {Path}. Give an absolute path, or leave it out.");
        Require(
            Tenant is null || TenantForm().IsMatch(Tenant),
            nameof(Tenant),
            "is no tenant. Give its id or a domain such as contoso.onmicrosoft.com.");
        Require(
            Timeout >= TimeSpan.FromSeconds(1) && Timeout <= TimeSpan.FromMinutes(10),
            nameof(Timeout),
            $"is {Timeout}. Give a time between one second and ten minutes.");
    }

    private static void Require(bool condition, string member, string text)
    {
        if (!condition)
            throw new EmulatorException($"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Passthrough)}.{member} {text}");
    }

    // Narrow on purpose: on Windows both commands are batch files, which read some characters as code.
    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]*:(//)?)?[A-Za-z0-9][A-Za-z0-9._~:/-]{0,255}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ResourceForm();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.-]{0,127}$", RegexOptions.None, 1000)]
    private static partial Regex TenantForm();
}
