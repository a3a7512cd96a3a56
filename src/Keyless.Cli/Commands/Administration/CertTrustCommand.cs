using System.CommandLine;
using Keyless.Cli.Administration;
using Keyless.Cli.Certificates;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>Puts the public certificates of emulated hosts into this user's store of trusted ones, after asking.</summary>
internal sealed class CertTrustCommand : AdminCommand
{
    private readonly Option<string?> _host =
        new("--host") { HelpName = "NAME", Description = "The host; the default is all that speak TLS." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do it without asking; needed where there is no terminal." };

    public CertTrustCommand(ToolContext context, GlobalOptions globals)
        : base("trust", "Let this user's programs trust the certificates of emulated hosts. Asks first.", context, globals)
    {
        Add(_host);
        Add(_yes);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless cert trust", "says what it will do, and asks"),
        new("keyless cert trust --yes", "in a script"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var found = await HostCertificate.ReadAsync(client, call.Get(_host), cancellationToken);
        var roots = call.Context.TrustedRoots();
        var trusted = roots.ReadAll().Select(each => each.Thumbprint).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var already = found.Where(each => trusted.Contains(each.Thumbprint)).ToArray();
        var added = found.Except(already).ToArray();
        if (added.Length > 0)
        {
            call.Error.Paragraph($"This adds to {roots.Name}, for good:");
            foreach (var certificate in added)
                call.Error.Line($"  {certificate.Host}: {Printable.Of(certificate.Subject)}, {certificate.Thumbprint}");
            if (!added[0].Kept)
                call.Error.Paragraph($"Note: {HostCertificate.HowToKeep}", ink: Ink.Warning);
            if (!await Consent.AskAsync("Add it?", call.Get(_yes), call, cancellationToken))
            {
                call.Error.Line("Nothing was changed.");
                return ExitCodes.Ok;
            }

            foreach (var certificate in added)
            {
                using var root = certificate.ToCertificate();
                roots.Add(root);
            }
        }

        if (call.Json)
        {
            var result = new TrustJson(
                roots.Name, [.. added.Select(each => each.Thumbprint)], [.. already.Select(each => each.Thumbprint)], []);
            call.WriteJson(result, ToolJson.Indented.TrustJson);
        }
        else if (added.Length == 0)
        {
            call.Output.Line($"Trusted already: {string.Join(", ", already.Select(each => each.Host))}.", Ink.Good);
        }
        else
        {
            call.Output.Line(
                $"Trusted from now on: {string.Join(", ", added.Select(each => each.Host))}. 'keyless cert untrust' undoes it.", Ink.Good);
        }

        return ExitCodes.Ok;
    }
}
