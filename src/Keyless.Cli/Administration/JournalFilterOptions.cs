using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Keyless.Cli.Commands;

namespace Keyless.Cli.Administration;

/// <summary>Options that pick requests of a journal.</summary>
internal sealed class JournalFilterOptions
{
    private readonly Option<string?> _status = Make("--status", "N", "The answer's HTTP status.");
    private readonly Option<string?>[] _options;

    /// <param name="withLimit">Whether the newest of them may be picked by their number.</param>
    public JournalFilterOptions(bool withLimit = true) => _options =
    [
        Make("--host", "NAME", "The host that they came to; authority for the token issuer."),
        Make("--leg", "LEG", "Which step of a client's work they are, such as token, challenge, probe or entra."),
        Make("--source", "SOURCE", "The host's platform, such as imds or app-service."),
        Make("--method", "METHOD", "The HTTP method."),
        Make("--path", "PATH", "The path."),
        _status,
        Make("--identity", "NAME", "The identity whose token was asked for."),
        Make("--resource", "URI", "The resource that was asked for."),
        Make("--fault", "NAME", "The fault that fired."),
        .. withLimit ? [Make("--limit", "N", "Only the newest so many.")] : Array.Empty<Option<string?>>(),
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

    /// <summary>The same as members of a body.</summary>
    public void Write(Utf8JsonWriter json, Invocation call)
    {
        foreach (var option in _options)
        {
            if (call.Get(option) is not { } value)
                continue;
            var name = option.Name.TrimStart('-');
            if (option != _status)
                json.WriteString(name, value);
            else if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
                json.WriteNumber(name, status);
            else
                throw ToolException.Usage($"--status is '{value}'. Give a status such as 429.");
        }
    }

    private static Option<string?> Make(string name, string placeholder, string description) =>
        new(name) { HelpName = placeholder, Description = description };
}
