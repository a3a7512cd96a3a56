using System.CommandLine;
using Keyless.Cli.Commands;

namespace Keyless.Cli.Administration;

/// <summary>Options that pick requests of a journal.</summary>
internal sealed class JournalFilterOptions
{
    private readonly Option<string?>[] _options =
    [
        Make("--host", "NAME", "The host that they came to; authority for the token issuer."),
        Make("--leg", "LEG", "Which step of a client's work they are, such as token, challenge, probe or entra."),
        Make("--status", "N", "The answer's HTTP status."),
        Make("--identity", "NAME", "The identity whose token was asked for."),
        Make("--resource", "URI", "The resource that was asked for."),
        Make("--fault", "NAME", "The fault that fired."),
        Make("--limit", "N", "Only the newest so many."),
    ];

    public Symbol[] All => _options;

    /// <summary>The query for the admin API; empty where everything is wanted.</summary>
    public string Query(Invocation call)
    {
        var pairs = _options.Where(option => call.Get(option) is not null)
            .Select(option => $"{option.Name.TrimStart('-')}={Uri.EscapeDataString(call.Get(option)!)}")
            .ToArray();
        return pairs.Length == 0 ? "" : $"?{string.Join('&', pairs)}";
    }

    private static Option<string?> Make(string name, string placeholder, string description) =>
        new(name) { HelpName = placeholder, Description = description };
}
