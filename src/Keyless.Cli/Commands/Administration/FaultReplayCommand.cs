using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Keyless.Cli.Administration;
using Keyless.Cli.Options;
using Keyless.Emulator;
using Keyless.Emulator.Faults;

namespace Keyless.Cli.Commands.Administration;

/// <summary>Lets the next requests get the answers that others got once.</summary>
internal sealed class FaultReplayCommand : AdminCommand
{
    // What the emulator takes, but for the members around it.
    private const int MostBytes = (1024 * 1024) - 1024;

    private readonly Argument<string> _file = new("file")
    {
        Description =
            "What 'keyless journal export' has written, as JSON lines or HAR, or another program's HTTP archive; '-' is standard input.",
    };
    private readonly Option<string?> _host = new("--host")
    {
        HelpName = "NAME",
        Description = "The host to replay it on; the default is each recorded host's own name.",
    };
    private readonly Option<string?> _from = new("--from")
    {
        HelpName = "NAME",
        Description = "The recorded host; the default is the one of the same name, or the only one.",
    };

    public FaultReplayCommand(ToolContext context, GlobalOptions globals)
        : base(
            "replay", "Let the next requests get the answers of a recording, in their order; successes are the host's own.", context, globals)
    {
        Add(_file);
        Add(_host);
        Add(_from);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless fault replay night.jsonl --host vm", "what happened that night happens again"),
        new("keyless fault replay browser.har --from 10.0.0.4 --host web", "from an archive that another program has written"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        // No more than is needed, whatever the file is like.
        var recording = (await ReadAsync(call, cancellationToken)).ToJsonLines();
        if (JsonEncodedText.Encode(recording, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length > MostBytes)
        {
            throw ToolException.Usage(
                $"{call.Get(_file)} holds more answers than the emulator takes at once. Take those of one host by --from, or fewer lines.");
        }

        var answer = await client.PostAsync(
            "faults/replay",
            json =>
            {
                if (call.Get(_host) is { } host)
                    json.WriteString("host", host);
                json.WriteString("recording", recording);
            },
            cancellationToken);
        Show(call, answer, AdminView.Faults);
        return ExitCodes.Ok;
    }

    private async Task<FaultRecording> ReadAsync(Invocation call, CancellationToken cancellationToken)
    {
        var file = call.Get(_file)!;
        try
        {
            await using var stream = file == "-" ? call.Context.OpenInput() : File.OpenRead(file);
            var recording = await FaultRecording.ReadAsync(stream, file == "-" ? "standard input" : file, cancellationToken);
            return call.Get(_from) is { } from ? recording.From(from) : recording;
        }
        catch (EmulatorException e)
        {
            throw ToolException.Usage(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw ToolException.Usage($"{file} cannot be read: {e.Message}");
        }
    }
}
