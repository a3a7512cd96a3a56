using System.CommandLine;
using Keyless.Cli.Commands;
using Keyless.Emulator;
using Keyless.Emulator.Passthrough;

namespace Keyless.Cli.Options;

/// <summary>Options about real tokens. Never from a file: one that came with a repository would hand out whoever's login runs it.</summary>
internal sealed class PassthroughFlags
{
    private readonly Option<Login?> _command = ChoiceOption.One(
        "--passthrough",
        "COMMAND",
        [],
        "Answer requests for the resources of --passthrough-resource with real tokens of whoever is logged in to az or azd.",
        ("az", Login.Az),
        ("azd", Login.Azd));
    private readonly Option<string[]> _resources = AccessOptions.Many(
        "--passthrough-resource", "URI", "A resource that real tokens are handed out for; may be given several times.");
    private readonly Option<string?> _tenant = new("--passthrough-tenant") { HelpName = "TENANT", Description = "The tenant that real tokens are from; the default is that of the login." };

    public static IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless emulate --passthrough az --passthrough-resource https://vault.azure.net", "local code reaches a real vault, as whoever is logged in"),
    ];

    public IReadOnlyList<Option> All => [_command, _resources, _tenant];

    public void AddValidatorsTo(Command command) => command.Validators.Add(result =>
    {
        var resources = result.GetResult(_resources)?.Tokens.Count > 0;
        if (result.GetResult(_command) is null ? resources || result.GetResult(_tenant) is not null : !resources)
            result.AddError("--passthrough and --passthrough-resource belong together: say whose login it is, and for which resources.");
    });

    public IPassthrough? Read(Invocation call) => call.Get(_command) is not { } login ? null : new PassthroughOptions
    {
        Command = login == Login.Az ? PassthroughCommand.Az : PassthroughCommand.Azd,
        Resources = call.Get(_resources) ?? [],
        Tenant = call.Get(_tenant),
    };

    /// <summary>The package's own names for these are not touched before they are needed: loading it takes time.</summary>
    private enum Login
    {
        Az,
        Azd,
    }
}
