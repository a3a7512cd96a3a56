using System.CommandLine;
using Keyless.Cli.Administration;
using Keyless.Cli.Certificates;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands.Administration;

/// <summary>Writes the public certificates of emulated hosts that speak TLS.</summary>
internal sealed class CertExportCommand : AdminCommand
{
    private readonly Option<string?> _host =
        new("--host") { HelpName = "NAME", Description = "The host; the default is all that speak TLS." };
    private readonly Option<string?> _out =
        new("--out") { HelpName = "FILE", Description = "The file to write; the default is standard output." };
    private readonly Option<CertificateForm?> _format = ChoiceOption.One(
        "--format",
        "FORMAT",
        [],
        "pem, the default, or der, which takes one host and a file.",
        ("pem", CertificateForm.Pem),
        ("der", CertificateForm.Der));

    public CertExportCommand(ToolContext context, GlobalOptions globals)
        : base("export", "Write the public certificates of emulated hosts that speak TLS.", context, globals)
    {
        Add(_host);
        Add(_out);
        Add(_format);
        Validators.Add(result =>
        {
            if (result.GetValue(_format) == CertificateForm.Der && result.GetResult(_out) is null)
                result.AddError("--format der needs a file: give one by --out.");
        });
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless cert export --out emulator.pem", "for SSL_CERT_FILE, NODE_EXTRA_CA_CERTS and the like"),
        new("keyless cert export --host app --out app.cer --format der", "for what takes no text"),
    ];

    protected override async Task<int> RunAsync(AdminClient client, Invocation call, CancellationToken cancellationToken)
    {
        var found = await HostCertificate.ReadAsync(client, call.Get(_host), cancellationToken);
        var file = call.Get(_out) is { } name ? Path.Combine(call.Context.Directory, name) : null;
        if (file is not null)
            await WriteAsync(file, found, call.Get(_format) ?? CertificateForm.Pem, cancellationToken);

        if (call.Json)
        {
            call.WriteJson(new CertificatesJson(file, found), ToolJson.Indented.CertificatesJson);
            return ExitCodes.Ok;
        }

        if (file is null)
        {
            foreach (var certificate in found)
                call.Output.Line(certificate.Pem.TrimEnd());
        }
        else
        {
            call.Output.Line(
                $"Wrote {(found.Count == 1 ? $"the certificate of {found[0].Host}" : $"{found.Count} certificates")} to {file}.", Ink.Good);
        }

        if (!found[0].Kept)
            call.Error.Paragraph($"Note: {HostCertificate.HowToKeep}", ink: Ink.Faint);
        return ExitCodes.Ok;
    }

    private static async Task WriteAsync(
        string file, IReadOnlyList<HostCertificate> certificates, CertificateForm form, CancellationToken cancellationToken)
    {
        if (form == CertificateForm.Der && certificates.Count > 1)
        {
            throw ToolException.Usage(
                $"--format der holds one certificate. Name a host by --host: {string.Join(", ", certificates.Select(each => each.Host))}.");
        }

        try
        {
            if (form == CertificateForm.Pem)
            {
                var text = string.Concat(certificates.Select(each => each.Pem.TrimEnd() + "\n"));
                await File.WriteAllTextAsync(file, text, cancellationToken);
                return;
            }

            using var certificate = certificates[0].ToCertificate();
            await File.WriteAllBytesAsync(file, certificate.RawData, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--out: {file} cannot be written: {e.Message}");
        }
    }

    /// <summary>The ways to write a certificate.</summary>
    private enum CertificateForm
    {
        Pem,
        Der,
    }
}
