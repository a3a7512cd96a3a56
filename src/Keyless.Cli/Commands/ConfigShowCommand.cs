using System.CommandLine;
using Keyless.Cli.Administration;
using Keyless.Cli.Configuration;
using Keyless.Cli.Emulation;
using Keyless.Cli.Options;
using Keyless.Cli.Output;
using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Commands;

/// <summary>What the emulator's configuration comes to, and where each value of it comes from.</summary>
internal sealed class ConfigShowCommand : ToolCommand
{
    private readonly Option<string?> _file = ConfigurationOption.Make();
    private readonly Option<bool> _effective = new("--effective") { Description = "Show what nobody has set, too, with its default." };
    private readonly Option<bool> _running = new("--running") { Description = "Show the configuration of an emulator that runs, every value with its origin." };
    private readonly AdminOptions _where = new();
    private readonly Option<bool> _origin = new("--origin") { Description = "Show where each value comes from." };

    public ConfigShowCommand(ToolContext context, GlobalOptions globals)
        : base("show", "Show what the file and the environment configure. Secrets are not shown.", context, globals)
    {
        Add(_file);
        Add(_effective);
        Add(_origin);
        Add(_running);
        _where.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetResult(_running) is not null && result.GetResult(_file) is not null)
                result.AddError("--running is about an emulator's own file, and --config about another: give one of them.");
        });
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless config show", "what is set"),
        new("keyless config show --effective --origin", "every value, and where it comes from"),
        new("keyless config show --running", "what the emulator that runs was told"),
        new("keyless config show --json | jq -r .values[].origin", "for programs, always with origins"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        if (call.Get(_running))
        {
            using var client = await AdminClient.FindAsync(_where, call, cancellationToken);
            var answer = await client.GetAsync("config", cancellationToken);
            if (call.Json)
                call.WriteJson(answer, ToolJson.Indented.JsonElement);
            else
                AdminView.Configuration(call.Output, answer);
            return ExitCodes.Ok;
        }

        var configuration = EmulatorSettings.Read(call.Get(_file), [], call.Context);
        var values = configuration.Values
            .Where(value => call.Get(_effective) || value.Origin.Layer != ConfigurationLayer.Default)
            .ToArray();
        if (call.Json)
            call.WriteJson(ConfigurationJson.Of(configuration, values), ToolJson.Indented.ConfigurationJson);
        else if (values.Length > 0)
            Write(call.Output, values, call.Get(_origin));
        else
            call.Error.Line("Nothing is configured; the defaults hold. --effective shows them.", Ink.Faint);
        return ExitCodes.Ok;
    }

    private static void Write(Page page, IEnumerable<ConfigurationValue> values, bool withOrigin)
    {
        var table = withOrigin
            ? new TextTable(new Column("Name"), new Column("Value"), new Column("Origin", MayFold: true))
            : new TextTable(new Column("Name"), new Column("Value"));
        foreach (var value in values)
        {
            var ink = value.Origin.Layer == ConfigurationLayer.Default ? Ink.Faint : Ink.Plain;
            var (name, text) = (new Cell(Printable.Of(value.Path), ink), new Cell(Printable.Of(value.Value), ink));
            if (withOrigin)
                table.Add(name, text, new Cell(value.Origin.ToString(), Ink.Faint));
            else
                table.Add(name, text);
        }

        table.WriteTo(page);
    }
}
