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
        await report.CheckAsync("keyless journal verify", () =>
            RunAsync(tool, admin, "journal", "verify", "--leg", "token", "--at-least", "1"));
        await report.CheckAsync("keyless token mint, keyless token verify", () => MintAndVerifyAsync(tool, admin));
        await report.CheckAsync("the dashboard", () => DashboardAsync(emulator));
        await report.CheckAsync("keyless config, in YAML", () => YamlAsync(tool));
        await report.CheckAsync("keyless up, keyless status, keyless down", () => BackgroundAsync(tool));
        await report.CheckAsync("keyless doctor", () => DoctorAsync(tool));
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

    private static async Task MintAndVerifyAsync(Tool tool, Dictionary<string, string> variables)
    {
        var minted = await RunAsync(tool, variables, "token", "mint", "--identity", "orders", "--resource", Resource, "--flaw", "tampered");
        var run = await tool.RunAsync(variables, minted.Output, "token", "verify", "--audience", Resource);
        Expect.Same(7, run.ExitCode, $"the exit code ({run.Error})");
        Expect.That(run.Output.Contains("Refused: signature", StringComparison.Ordinal), "the reason is shown");
    }

    private static async Task DashboardAsync(Emulator emulator)
    {
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri(new Uri(emulator.Admin), "ui/"));
        Expect.That(page.Contains("<title>", StringComparison.Ordinal), "it is a page");
    }

    private static async Task YamlAsync(Tool tool)
    {
        var file = Path.Combine(tool.Directory, "fleet.yaml");
        await File.WriteAllTextAsync(file, "hosts:\n  - { name: worker, kind: vm }\n");
        var run = await RunAsync(tool, [], "config", "show", "--config", file);
        Expect.That(run.Output.Contains("worker", StringComparison.Ordinal), "the host is shown");
    }

    private static async Task BackgroundAsync(Tool tool)
    {
        var variables = new Dictionary<string, string> { ["KEYLESS_EMULATOR_ARC_KEY_DIRECTORY"] = Path.Combine(tool.Directory, "background") };
        await RunAsync(tool, variables, "up");
        try
        {
            var run = await RunAsync(tool, variables, "status");
            Expect.That(run.Output.Contains("in the background", StringComparison.Ordinal), "it runs");
        }
        finally
        {
            await RunAsync(tool, variables, "down");
        }
    }

    private static async Task DoctorAsync(Tool tool)
    {
        var run = await tool.RunAsync([], "", "doctor", "--json");
        using var json = JsonDocument.Parse(run.Output);
        Expect.Same(json.RootElement.GetProperty("errors").GetInt32() > 0 ? 8 : 0, run.ExitCode, $"the exit code ({run.Output})");
        Expect.That(json.RootElement.GetProperty("checks").GetInt32() > 10, "it has looked at much");
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
