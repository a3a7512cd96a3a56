using System.CommandLine;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Detection;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>The variables that lead programs to one host of a running emulator.</summary>
internal sealed class EnvCommand : AdminCommand
{
    private readonly Option<string?> _as = new("--as")
    {
        HelpName = "KIND",
        Description = $"The kind of host or endpoint: {SourceName.List}; or vm, vmss, functions, container-app.",
    };
    private readonly Option<string?> _host = new("--host") { HelpName = "NAME", Description = "The host, by its name." };
    private readonly Option<ShellChoice?> _shell = ChoiceOption.One(
        "--shell",
        "SHELL",
        [],
        "What to print variables for: a shell (bash, pwsh, cmd; the default is this system's own), docker (options of 'docker run'), "
        + "dotenv (an .env file), or launchsettings (a launchSettings.json).",
        [
            .. Array.ConvertAll([.. ShellSyntax.Names, .. ShellSyntax.OtherNames], shell => (shell.Name, new ShellChoice(shell.Value))),
            ("launchsettings", new ShellChoice(null)),
        ]);

    public EnvCommand(ToolContext context, GlobalOptions globals)
        : base("env", "Print the variables that lead programs to a host of a running emulator.", context, globals)
    {
        _as.CompletionSources.Add([.. SourceName.All.Select(source => source.Name)]);
        Add(_as);
        Add(_host);
        Add(_shell);
        Validators.Add(result =>
        {
            if (result.GetResult(_as) is not null == result.GetResult(_host) is not null)
                result.AddError("Say which host is meant: by --as KIND or by --host NAME.");
        });
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("eval \"$(keyless env --as app-service)\"", "this shell is a web app from now on"),
        new("keyless env --host vm --shell pwsh | Invoke-Expression", "the same in PowerShell"),
        new("keyless env --as imds --shell dotenv > .env", "for what reads a file"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var hosts = (await client.GetAsync("hosts", cancellationToken)).GetProperty("hosts").EnumerateArray().ToArray();
        var host = Choose(hosts, call);
        var variables = host.GetProperty("variables").EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!, StringComparer.Ordinal);
        string[] unset = [.. SourceVariable.Names.Where(name => !variables.ContainsKey(name))];
        if (host.GetProperty("problem").GetString() is { } problem)
            call.Error.Line($"Note: {problem}", Ink.Warning);

        var choice = call.Get(_shell) ?? new ShellChoice(ShellSyntax.Native);
        if (call.Json)
        {
            var answer = new HostVariablesJson(
                host.GetProperty("name").GetString()!, host.GetProperty("kind").GetString()!, variables, unset);
            call.WriteJson(answer, ToolJson.Indented.HostVariablesJson);
        }
        else if (choice.Shell is not { } shell)
        {
            var profile = LaunchProfileJson.Of(variables, unset);
            var profiles = new Dictionary<string, LaunchProfileJson>(StringComparer.Ordinal) { [host.GetProperty("name").GetString()!] = profile };
            call.WriteJson(new LaunchSettingsJson(profiles), ToolJson.Indented.LaunchSettingsJson);
        }
        else
        {
            foreach (var line in HostVariables.Lines(variables, unset, shell))
                call.Output.Line(line);
        }

        return ExitCodes.Ok;
    }

    private JsonElement Choose(JsonElement[] hosts, Invocation call)
    {
        bool Has(JsonElement host, string member, string? value) => string.Equals(
            host.GetProperty(member).GetString(), value, StringComparison.OrdinalIgnoreCase);
        string Names(IEnumerable<JsonElement> some) => string.Join(
            ", ", some.Select(host => $"{host.GetProperty("name")} ({host.GetProperty("kind")})"));

        var name = call.Get(_host);
        var kind = call.Get(_as);
        var found = Array.FindAll(hosts, host => name is null ? Has(host, "kind", kind) : Has(host, "name", name));
        if (found.Length == 0 && name is null)
            found = Array.FindAll(hosts, host => Has(host, "source", kind));
        return found switch
        {
            [var only] => only,
            [] => throw new ToolException(
                $"The emulator has no host {(name is null ? $"of the kind {kind}" : $"named {name}")}. It has {Printable.Of(Names(hosts))}.", ExitCodes.Refused),
            _ => throw ToolException.Usage($"The emulator has several: {Printable.Of(Names(found))}. Name one by --host."),
        };
    }

    /// <summary>A shell, or none for launchSettings.json.</summary>
    private readonly record struct ShellChoice(Shell? Shell);
}
