using System.Diagnostics;

namespace Keyless.Testing.Tests.Isolation;

/// <summary>Each attempt is made by a child process, in a network namespace without a route: nothing could leave it even if the guard failed.</summary>
public sealed class ConnectionGuardTests
{
    private static readonly Lazy<(string[] Command, string? Refusal)> Namespace = new(FindNamespace);

    [Theory]
    [InlineData("socket", "192.0.2.1", "80", "192.0.2.1:80")]
    [InlineData("socket", "169.254.169.254", "80", "169.254.169.254:80")]
    [InlineData("socket", "2001:db8::1", "443", "[2001:db8::1]:443")]
    [InlineData("synchronous-socket", "192.0.2.1", "81", "192.0.2.1:81")]
    public async Task a_process_dies_before_it_connects_to_another_machine(string kind, string address, string port, string named)
    {
        var probe = await ProbeAsync(kind, address, port);

        AssertKilled(probe, "a connection to", named);
    }

    [Fact]
    public async Task a_process_dies_before_an_http_client_connects_to_another_machine()
    {
        var probe = await ProbeAsync("http", "http://169.254.169.254/metadata/identity/oauth2/token");

        AssertKilled(probe, "a connection to", "169.254.169.254:80");
    }

    [Fact]
    public async Task a_process_dies_before_it_looks_up_a_name()
    {
        var probe = await ProbeAsync("name", "login.example");

        AssertKilled(probe, "looking up", "'login.example'");
    }

    [Theory]
    [InlineData("socket", "127.0.0.1", "9")]
    [InlineData("socket", "127.1.2.3", "9")]
    [InlineData("socket", "::1", "9")]
    [InlineData("http", "http://localhost:9/")]
    [InlineData("http", "http://127.0.0.1:9/")]
    [InlineData("name", "localhost")]
    public async Task what_stays_on_the_machine_passes(params string[] probe)
    {
        var (exitCode, output) = await ProbeAsync(probe);

        Assert.Equal((0, GuardProbe.Survived), (exitCode, output.Trim()));
    }

    [Fact]
    public void every_test_assembly_is_guarded() => Assert.True(ConnectionGuard.IsInstalled);

    [Fact]
    public void the_test_platform_has_nothing_to_report_usage_with()
    {
        // Registering the extension would make the generated entry point refer to its assembly.
        var references = typeof(ConnectionGuardTests).Assembly.GetReferencedAssemblies().Select(reference => reference.Name);

        Assert.DoesNotContain("Microsoft.Testing.Extensions.Telemetry", references, StringComparer.Ordinal);
        Assert.Empty(Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.Testing.Extensions.Telemetry*"));
    }

    private static void AssertKilled((int ExitCode, string Output) probe, params string[] message)
    {
        Assert.NotEqual(0, probe.ExitCode);
        Assert.DoesNotContain(GuardProbe.Survived, probe.Output, StringComparison.Ordinal);
        Assert.All([ConnectionGuard.Marker, .. message], part => Assert.Contains(part, probe.Output, StringComparison.Ordinal));
    }

    private static Task<(int ExitCode, string Output)> ProbeAsync(params string[] probe)
    {
        var (command, refusal) = Namespace.Value;
        Assert.SkipWhen(refusal is not null, refusal ?? "");
        return RunAsync([.. command, Environment.ProcessPath!, .. ProgramArguments(), GuardProbe.Command, .. probe]);
    }

    /// <summary>Run by its own host the process needs no argument; run by <c>dotnet</c> it needs the assembly.</summary>
    private static string[] ProgramArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? [typeof(ConnectionGuardTests).Assembly.Location] : [];

    private static (string[] Command, string? Refusal) FindNamespace()
    {
        if (!OperatingSystem.IsLinux())
            return ([], "Network namespaces exist on Linux alone.");

        // Root may make one; others only together with a user namespace, where the system allows it. The probes die without leaving a dump.
        string[] script = ["sh", "-c", "ulimit -c 0 && ip link set lo up && exec \"$@\"", "sh"];
        foreach (string[] command in (string[][])[["unshare", "-n", .. script], ["unshare", "-rn", .. script]])
        {
            if (Run([.. command, "true"]) == 0)
                return (command, null);
        }

        return ([], "unshare may not make a network namespace here, or ip is missing (util-linux, iproute2).");
    }

    private static int Run(string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
