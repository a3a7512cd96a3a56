using Keyless.Cli.Options;

namespace Keyless.Cli.Commands.Administration;

/// <summary>The certificates of emulated hosts that speak TLS.</summary>
internal sealed class CertCommand : CommandGroup
{
    public CertCommand(ToolContext context, GlobalOptions globals)
        : base("cert", "Export, trust or stop trusting the certificates of a running emulator.", context, globals)
    {
        Add(new CertExportCommand(context, globals));
        Add(new CertTrustCommand(context, globals));
        Add(new CertUntrustCommand(context, globals));
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless cert export --out emulator.pem", "for programs that are told which certificates to trust"),
        new("keyless cert trust", "this user's programs trust it, until 'keyless cert untrust'"),
    ];
}
