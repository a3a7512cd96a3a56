using System.Text.Json;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests;

/// <summary>
/// <c>keyless exec --as SOURCE -- node program.mjs</c>: a program of Node.js that knows msal-node and nothing of the emulator gets a token
/// on each platform, and its exit code is the tool's.
/// </summary>
public sealed class ExecTests(EmulatedPlatforms platforms, ExecTests.Runs runs) : IClassFixture<ExecTests.Runs>
{
    public static TheoryData<SourceKind, string> Sources => new()
    {
        { SourceKind.AppService, "app-service" },
        { SourceKind.AzureArc, "azure-arc" },
        { SourceKind.CloudShell, "cloud-shell" },
        { SourceKind.ServiceFabric, "service-fabric" },
        { SourceKind.Imds, "imds" },
        { SourceKind.MachineLearning, "machine-learning" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task a_program_with_msal_node_gets_a_token_and_its_exit_code_passes_through(SourceKind source, string name)
    {
        Node.Require();
        if (platforms.Emulator[source].Problem is { } problem)
            Assert.Skip(problem);

        var (exitCode, output, error) = await runs.Of(name);

        // In full: it is another program's, and says why there was no token.
        Assert.True(exitCode == Runs.CodeOf(source) && error.Length == 0, $"It ended with {exitCode}: {error}");
        var claims = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal(EmulatedPlatforms.Vault, claims.GetProperty("aud").GetString());
        Assert.StartsWith("http://127.0.0.1:", claims.GetProperty("iss").GetString(), StringComparison.Ordinal);
        if (source == SourceKind.CloudShell)
            Assert.Equal("user", claims.GetProperty("idtyp").GetString());
        else
            Assert.Equal(platforms.SystemOf(source).ObjectId.ToString(), claims.GetProperty("oid").GetString());
    }

    /// <summary>One run for each platform, all at once.</summary>
    public sealed class Runs
    {
        private readonly Lazy<Dictionary<string, Task<(int ExitCode, string Output, string Error)>>> _runs = new(static () => Sources
            .Select(static row => row.Data)
            .ToDictionary(static row => row.Item2, static row => RunAsync(row.Item1, row.Item2), StringComparer.Ordinal));

        public Task<(int ExitCode, string Output, string Error)> Of(string name) => _runs.Value[name];

        /// <summary>Another one for each, so that none is a code that Node.js or the tool ends with of itself.</summary>
        public static int CodeOf(SourceKind source) => 70 + (int)source;

        private static Task<(int ExitCode, string Output, string Error)> RunAsync(SourceKind source, string name)
        {
            // msal-node must be told to trust Service Fabric's certificate.
            var program = Node.Program("program.mjs");
            string[] node = source == SourceKind.ServiceFabric ? [.. Node.Program("trusting.mjs"), program[^1]] : program;
            return KeylessTool.RunAsync(
                ["exec", "--as", name, "--", Node.Require(), .. node, EmulatedPlatforms.Vault, $"{CodeOf(source)}"]);
        }
    }
}
