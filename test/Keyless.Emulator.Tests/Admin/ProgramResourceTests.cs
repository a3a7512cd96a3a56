#pragma warning disable CA1416 // Tests of file modes are skipped on Windows.
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Admin;

/// <summary>An emulator as a program: who ends it, since when it runs, and the certificates of its hosts.</summary>
public sealed class ProgramResourceTests : IDisposable
{
    private static readonly EmulatorOptions WithTls = new() { Sources = [SourceKind.Imds, SourceKind.ServiceFabric] };

    private readonly TemporaryDirectory _directory = new();

    private string CertificatePath => Path.Combine(_directory.Path, "keys", "keyless-emulator-app-tls.pem");

    [Fact]
    public async Task a_program_is_asked_to_end()
    {
        var asked = 0;
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], ShutdownRequested = () => asked++ });

        var answer = await emulator.ChangeAsync("/shutdown");

        Assert.Equal((HttpStatusCode.Accepted, "ending"), (answer.Status, answer.String("status")));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task an_emulator_that_is_part_of_a_program_is_not_ended_from_outside()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var answer = await emulator.ChangeAsync("/shutdown");

        Assert.Equal((HttpStatusCode.Forbidden, "not_a_program"), (answer.Status, answer.String("error")));
        Assert.Equal(HttpStatusCode.OK, (await emulator.AskAsync()).Status);
    }

    [Fact]
    public async Task whoever_has_not_the_key_cannot_end_it()
    {
        var asked = 0;
        await using var emulator = await AdminCalls.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], AdminKey = AdminCalls.Key, ShutdownRequested = () => asked++ });

        Assert.Equal(HttpStatusCode.Unauthorized, (await emulator.ChangeAsync("/shutdown")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await emulator.AdminAsync("/shutdown")).Status);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task it_says_which_process_it_is_and_since_when()
    {
        var before = DateTimeOffset.UtcNow;
        await using var emulator = await AdminCalls.StartAsync();

        var state = (await emulator.AdminAsync("/")).Json;

        Assert.Equal(Environment.ProcessId, state.GetProperty("process").GetInt32());
        Assert.InRange(state.GetProperty("startedOn").GetDateTimeOffset(), before, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task the_public_part_of_certificates_is_listed()
    {
        await using var emulator = await AdminCalls.StartAsync(WithTls);

        var answer = await emulator.AdminAsync("/certificates");

        var certificate = Assert.Single(answer.Json.GetProperty("certificates").EnumerateArray());
        using var parsed = X509Certificate2.CreateFromPem(certificate.GetProperty("pem").GetString());
        Assert.Equal("app", certificate.GetProperty("host").GetString());
        Assert.Equal(emulator[SourceKind.ServiceFabric].Variables["IDENTITY_SERVER_THUMBPRINT"], certificate.GetProperty("thumbprint").GetString());
        Assert.Equal(parsed.Thumbprint, certificate.GetProperty("thumbprint").GetString());
        Assert.False(certificate.GetProperty("kept").GetBoolean());
        Assert.DoesNotContain("PRIVATE", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_kept_certificate_outlives_the_emulator_for_this_user_alone()
    {
        var first = await ThumbprintAsync();
        var second = await ThumbprintAsync();

        Assert.Equal(first, second);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CertificatePath));
    }

    [Fact]
    public async Task one_for_another_address_gives_way_to_a_new_one()
    {
        var first = await ThumbprintAsync();

        var other = await ThumbprintAsync(Kept with { Address = IPAddress.Parse("127.0.0.2") });

        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task what_is_no_certificate_or_open_to_others_is_refused_with_what_to_do()
    {
        await ThumbprintAsync();
        await File.WriteAllTextAsync(CertificatePath, "nothing", TestContext.Current.CancellationToken);
        var broken = await Assert.ThrowsAsync<EmulatorException>(() => AdminCalls.StartAsync(Kept));
        Assert.Contains("keyless-emulator-app-tls.pem does not hold a certificate with its key", broken.Message, StringComparison.Ordinal);

        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(CertificatePath, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var open = await Assert.ThrowsAsync<EmulatorException>(() => AdminCalls.StartAsync(Kept));
        Assert.Contains($"chmod 600 '{CertificatePath}'", open.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private EmulatorOptions Kept => WithTls with { KeyDirectory = Path.Combine(_directory.Path, "keys") };

    private async Task<string> ThumbprintAsync(EmulatorOptions? options = null)
    {
        await using var emulator = await AdminCalls.StartAsync(options ?? Kept);
        return emulator[SourceKind.ServiceFabric].Variables["IDENTITY_SERVER_THUMBPRINT"];
    }
}
