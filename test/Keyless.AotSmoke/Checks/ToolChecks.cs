using System.Text.Json;
using Keyless.AotSmoke.Support;

namespace Keyless.AotSmoke.Checks;

/// <summary>The tool: its commands in processes of their own. That it can emulate, all other checks have shown.</summary>
internal static class ToolChecks
{
    private const string Resource = "https://vault.azure.net";

    public static async Task RunAsync(Report report, Emulator emulator, Tool tool)
    {
        var machine = emulator.Variables(SourceKind.AppService);
        var admin = new Dictionary<string, string> { ["KEYLESS_ADMIN"] = emulator.Admin };

        await report.CheckAsync("keyless token", () => TokenAsync(tool, machine, "token", Resource));
        await report.CheckAsync("keyless token --emulate imds", () => TokenAsync(tool, [], "token", Resource, "--emulate", "imds"));
        await report.CheckAsync("keyless exec", () =>
            TokenAsync(tool, [], "exec", "--as", "app-service", "--", tool.File, "token", Resource));
        await report.CheckAsync("keyless token --json", () =>
            JsonAsync(tool, machine, "source", "app-service", "token", Resource, "--json"));
        await report.CheckAsync("keyless detect", () => JsonAsync(tool, machine, "source", "app-service", "detect", "--json"));
        await report.CheckAsync("keyless explain", () =>
            JsonAsync(tool, [], "term", "AADSTS700016", "explain", "AADSTS700016", "--json"));
        await report.CheckAsync("keyless decode", () => DecodeAsync(tool, machine));
        await report.CheckAsync("keyless journal", () => JournalAsync(tool, admin));
        await report.CheckAsync("keyless demo", () => DemoAsync(tool));
        await report.CheckAsync("keyless --help", () => HelpAsync(tool));
        await report.CheckAsync("keyless with a mistake", () => MistakeAsync(tool));
    }

    private static async Task TokenAsync(Tool tool, Dictionary<string, string> variables, params string[] arguments)
    {
        var run = await RunAsync(tool, variables, arguments);
        Expect.Same(Resource, Claims.Of(run.Output.Trim(), "aud"), "the audience");
    }

    private static async Task JsonAsync(
        Tool tool, Dictionary<string, string> variables, string member, string wanted, params string[] arguments)
    {
        var run = await RunAsync(tool, variables, arguments);
        using var json = JsonDocument.Parse(run.Output);
        Expect.Same(wanted, json.RootElement.GetProperty(member).GetString(), member);
    }

    private static async Task DecodeAsync(Tool tool, Dictionary<string, string> variables)
    {
        var token = await RunAsync(tool, variables, "token", Resource);
        var run = await tool.RunAsync([], token.Output, "decode");
        Expect.Same(0, run.ExitCode, $"the exit code ({run.Error})");
        Expect.That(run.Output.Contains(Resource, StringComparison.Ordinal), "the claims are shown");
    }

    private static async Task JournalAsync(Tool tool, Dictionary<string, string> variables)
    {
        var run = await RunAsync(tool, variables, "journal", "list", "--status", "429");
        Expect.That(run.Output.Contains("429", StringComparison.Ordinal), "the fault of before is in it");
    }

    private static async Task DemoAsync(Tool tool)
    {
        var run = await RunAsync(tool, [], "demo");
        Expect.That(run.Output.Contains("service-fabric", StringComparison.Ordinal), "every kind is shown");
    }

    private static async Task HelpAsync(Tool tool)
    {
        var run = await RunAsync(tool, [], "token", "--help");
        Expect.That(run.Output.Contains("--client-id", StringComparison.Ordinal), "options are shown");
        Expect.That(run.Output.Contains("Examples:", StringComparison.Ordinal), "examples are shown");
    }

    private static async Task MistakeAsync(Tool tool)
    {
        var run = await tool.RunAsync([], "", "token", "--emulate", "mainframe");
        Expect.Same(2, run.ExitCode, "the exit code");
        Expect.That(run.Error.Contains("mainframe", StringComparison.Ordinal), "the mistake is named");
    }

    private static async Task<ToolRun> RunAsync(Tool tool, Dictionary<string, string> variables, params string[] arguments)
    {
        var run = await tool.RunAsync(variables, "", arguments);
        Expect.Same(0, run.ExitCode, $"the exit code ({run.Error})");
        return run;
    }
}
