using System.Security.Cryptography.X509Certificates;
using Keyless.Cli.Certificates;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator;

namespace Keyless.Cli.Tests.Commands.Administration;

/// <summary>Certificates of emulated hosts: written down, trusted, no longer trusted. No store of the machine's is touched.</summary>
public sealed class CertCommandTests : IDisposable
{
    private static readonly EmulatorOptions WithTls = new() { Sources = [SourceKind.Imds, SourceKind.ServiceFabric] };

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeRoots _roots = new();

    [Fact]
    public async Task the_public_part_is_written_as_text_or_to_a_file()
    {
        await using var running = await AdministeredEmulator.StartAsync(WithTls);
        var (pem, der) = (Path.Combine(_directory.Path, "a.pem"), Path.Combine(_directory.Path, "a.cer"));

        var printed = await running.RunAsync("cert", "export");
        var written = await running.RunAsync("cert", "export", "--out", pem);
        var binary = await running.RunAsync("cert", "export", "--host", "APP", "--out", der, "--format", "der");

        Assert.Equal((0, 0, 0), (printed.ExitCode, written.ExitCode, binary.ExitCode));
        Assert.Contains("Each start of the emulator makes a new certificate.", printed.Error, StringComparison.Ordinal);
        Assert.Equal($"Wrote the certificate of app to {pem}.\n", written.Output);
        var expected = running.Emulator[SourceKind.ServiceFabric].Variables["IDENTITY_SERVER_THUMBPRINT"];
        using var fromText = X509Certificate2.CreateFromPem(printed.Output);
        using var fromFile = X509CertificateLoader.LoadCertificateFromFile(pem);
        using var fromBinary = X509CertificateLoader.LoadCertificate(await File.ReadAllBytesAsync(der, TestContext.Current.CancellationToken));
        Assert.Equal([expected, expected, expected], [fromText.Thumbprint, fromFile.Thumbprint, fromBinary.Thumbprint]);
        Assert.DoesNotContain("PRIVATE", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task one_that_is_kept_is_the_same_at_the_next_start()
    {
        var options = WithTls with { KeyDirectory = Path.Combine(_directory.Path, "keys") };
        var thumbprints = new List<string>();
        for (var start = 0; start < 2; start++)
        {
            await using var running = await AdministeredEmulator.StartAsync(options);
            var run = await running.DoAsync("cert", "export", "--json");
            var certificate = Assert.Single(run.Json.GetProperty("certificates").EnumerateArray());
            Assert.True(certificate.GetProperty("kept").GetBoolean());
            thumbprints.Add(certificate.GetProperty("thumbprint").GetString()!);
        }

        Assert.Equal(thumbprints[0], thumbprints[1]);
    }

    [Fact]
    public async Task it_is_trusted_after_a_yes_and_no_longer_after_another()
    {
        await using var running = await AdministeredEmulator.StartAsync(WithTls);
        _roots.Certificates.Add(Other());

        var trusted = await Tool(running, "y").RunAsync("cert", "trust");
        var again = await Tool(running, "").RunAsync("cert", "trust");

        Assert.Equal((0, "Trusted from now on: app. 'keyless cert untrust' undoes it.\n"), (trusted.ExitCode, trusted.Output));
        Assert.Contains("This adds to a store of the test's, for good:\n  app: CN=localhost, O=Keyless emulator, ", trusted.Error, StringComparison.Ordinal);
        Assert.Contains("makes a new certificate", trusted.Error, StringComparison.Ordinal);
        Assert.Equal((0, "Trusted already: app.\n", ""), (again.ExitCode, again.Output, again.Error));
        Assert.Equal(2, _roots.Certificates.Count);
        Assert.False(_roots.Certificates[1].HasPrivateKey);

        var untrusted = await Tool(running, "yes").RunAsync("cert", "untrust");
        var nothing = await Tool(running, "").RunAsync("cert", "untrust");

        Assert.Equal((0, "No longer trusted.\n"), (untrusted.ExitCode, untrusted.Output));
        Assert.Equal("CN=Somebody else", Assert.Single(_roots.Certificates).Subject);
        Assert.Equal("No certificate of an emulator is trusted.\n", nothing.Output);
    }

    [Theory]
    [InlineData("trust")]
    [InlineData("untrust")]
    public async Task without_a_yes_nothing_is_changed(string command)
    {
        await using var running = await AdministeredEmulator.StartAsync(WithTls);
        if (command == "untrust")
            await Tool(running, "y").RunAsync("cert", "trust");
        var before = _roots.Certificates.Count;

        var no = await Tool(running, "n").RunAsync("cert", command);
        var end = await Tool(running, "").RunAsync("cert", command);
        var nobody = await (Tool(running, "y") with { InputIsTerminal = false }).RunAsync("cert", command);

        Assert.Equal((0, 0, 2), (no.ExitCode, end.ExitCode, nobody.ExitCode));
        Assert.EndsWith("Nothing was changed.\n", no.Error, StringComparison.Ordinal);
        Assert.EndsWith("Error: There is no terminal to ask on. --yes says that it is meant.\n", nobody.Error, StringComparison.Ordinal);
        Assert.Equal(before, _roots.Certificates.Count);

        var yes = await (Tool(running, "") with { InputIsTerminal = false }).RunAsync("cert", command, "--yes", "--json");
        Assert.Equal(0, yes.ExitCode);
        Assert.Single(yes.Json.GetProperty(command == "trust" ? "added" : "removed").EnumerateArray());
    }

    [Fact]
    public async Task the_systems_own_store_is_changed_for_this_user()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there is the store a directory, which a test can have for itself.");
        await using var running = await AdministeredEmulator.StartAsync(WithTls);
        (string, string)[] variables = [("HOME", _directory.Path), ("KEYLESS_ADMIN", running.Emulator.AdminAddress!.AbsoluteUri)];

        var added = await RunAsync("cert", "trust", "--yes");
        var again = await RunAsync("cert", "trust", "--yes");
        var removed = await RunAsync("cert", "untrust", "--yes");

        Assert.Equal((0, 0, 0), (added.ExitCode, again.ExitCode, removed.ExitCode));
        Assert.Equal(["Trusted already: app.\n", "No longer trusted.\n"], [again.Output, removed.Output]);

        async Task<ToolRun> RunAsync(params string[] args)
        {
            using var tool = ToolProcess.Start(variables, args);
            return await tool.EndAsync();
        }
    }

    [Theory]
    [InlineData(2, "--format der needs a file", "export", "--format", "der")]
    [InlineData(5, "No host 'vm' speaks TLS. Those that do: app.", "export", "--host", "vm")]
    [InlineData(2, "/nowhere/a.pem cannot be written", "export", "--out", "/nowhere/a.pem")]
    public async Task what_makes_no_sense_is_said(int code, string message, params string[] args)
    {
        await using var running = await AdministeredEmulator.StartAsync(WithTls);

        var run = await running.RunAsync(["cert", .. args]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_emulator_without_tls_has_nothing_to_export()
    {
        await using var running = await AdministeredEmulator.StartAsync();

        var run = await running.RunAsync("cert", "export");

        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.Contains("None of the emulator's hosts speaks TLS", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static X509Certificate2 Other()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        return new CertificateRequest("CN=Somebody else", key, System.Security.Cryptography.HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private Tool Tool(AdministeredEmulator running, string typed) => running.Tool() with
    {
        Roots = _roots,
        InputIsTerminal = true,
        Input = Support.Tool.Text(typed + "\n"),
    };

    private sealed class FakeRoots : ITrustedRoots
    {
        public List<X509Certificate2> Certificates { get; } = [];

        public string Name => "a store of the test's";

        public IReadOnlyList<X509Certificate2> ReadAll() => Certificates;

        public void Add(X509Certificate2 certificate) => Certificates.Add(X509CertificateLoader.LoadCertificate(certificate.RawData));

        public void Remove(X509Certificate2 certificate) => Certificates.RemoveAll(each => each.Thumbprint == certificate.Thumbprint);
    }
}
