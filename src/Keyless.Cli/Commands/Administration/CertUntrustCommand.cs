using System.CommandLine;
using Keyless.Cli.Certificates;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>Takes emulators' certificates out of this user's store, those of emulators that no longer run included.</summary>
internal sealed class CertUntrustCommand : ToolCommand
{
    // What emulators write into all of their certificates, and nobody else.
    private const string Organization = "O=Keyless emulator";

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do it without asking; needed where there is no terminal." };

    public CertUntrustCommand(ToolContext context, GlobalOptions globals)
        : base("untrust", "Stop trusting the certificates of emulators, running or not. Asks first.", context, globals) => Add(_yes);

    public override IReadOnlyList<Example> Examples { get; } =
        [new("keyless cert untrust", "takes out all that 'keyless cert trust' has put in")];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var roots = call.Context.TrustedRoots();
        var ours = roots.ReadAll().Where(each => each.Subject.Split(", ").Contains(Organization, StringComparer.Ordinal)).ToArray();
        if (ours.Length > 0)
        {
            call.Error.Paragraph($"This takes out of {roots.Name}:");
            foreach (var certificate in ours)
                call.Error.Line($"  {Printable.Of(certificate.Subject)}, {certificate.Thumbprint}");
            if (!await Consent.AskAsync("Take it out?", call.Get(_yes), call, cancellationToken))
            {
                call.Error.Line("Nothing was changed.");
                return ExitCodes.Ok;
            }

            foreach (var certificate in ours)
                roots.Remove(certificate);
        }

        if (call.Json)
            call.WriteJson(new TrustJson(roots.Name, [], [], [.. ours.Select(each => each.Thumbprint)]), ToolJson.Indented.TrustJson);
        else
            call.Output.Line(ours.Length == 0 ? "No certificate of an emulator is trusted." : "No longer trusted.", Ink.Good);
        return ExitCodes.Ok;
    }
}
