using Keyless.Cli.Commands;
using Keyless.Cli.Emulation;
using Keyless.Cli.Failures;
using Keyless.Emulator;

namespace Keyless.Cli.Demo;

/// <summary>Gets a token from every kind of endpoint by the real client, verifies it, and measures the cache.</summary>
internal static class DemoRun
{
    /// <returns>A row for each source, and the first failure's exit code; a host that can't be emulated here is no failure.</returns>
    /// <exception cref="ToolException">The emulator can't start.</exception>
    public static async Task<(IReadOnlyList<DemoRow> Rows, int ExitCode)> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var options = new EmulatorOptions
        {
            TimeProvider = call.Context.Time,
            ArcKeyDirectory = call.Context.Environment.ArcKeyDirectory,
            AllowInAzure = true,
        };
        await using var emulator = await EmulatorStart.RunAsync(options, cancellationToken);
        using var verifier = await TokenVerifier.FromDiscoveryAsync(emulator.Authority, cancellationToken);

        var exitCode = ExitCodes.Ok;
        var rows = new List<DemoRow>();
        var acquired = new List<(int Row, ManagedIdentityClient Client)>();
        foreach (var stage in emulator.Hosts.Select(DemoStage.For))
        {
            var client = new ManagedIdentityClient(new ManagedIdentityOptions
            {
                Environment = stage.Host.Environment,
                Identity = stage.Identity,
                TimeProvider = call.Context.Time,
            });
            var (row, code) = await PlayAsync(stage, client, verifier, call, cancellationToken);
            exitCode = exitCode == ExitCodes.Ok ? code : exitCode;
            if (row.FirstCall is not null)
                acquired.Add((rows.Count, client));
            rows.Add(row);
        }

        foreach (var (at, client) in acquired)
        {
            var hit = await HitTimer.MeasureAsync(client, rows[at].Resource, call.Context.Time, cancellationToken);
            rows[at] = rows[at] with { HitNanoseconds = hit };
        }

        return (rows, exitCode);
    }

    private static async Task<(DemoRow Row, int ExitCode)> PlayAsync(
        DemoStage stage, ManagedIdentityClient client, TokenVerifier verifier, Invocation call, CancellationToken cancellationToken)
    {
        var row = new DemoRow(stage.Host.Source, stage.IdentityName, stage.Resource);
        if (stage.Host.Problem is { } problem)
            return (row with { Problem = problem }, ExitCodes.Ok);

        var start = call.Context.Time.GetTimestamp();
        var result = await client.TryGetTokenAsync(new TokenRequest(stage.Resource), cancellationToken);
        var took = call.Context.Time.GetElapsedTime(start);
        if (result.Failure is { } failure)
            return (row with { Problem = $"{failure.Message} {ToolWording.Of(failure.NextStep)}" }, ExitCodes.For(failure.Kind));

        var fault = verifier.FindFault(result.Token.Token, stage.Resource, stage.Expected?.ObjectId, call.Now);
        row = row with { Verified = fault is null, ExpiresOn = result.Token.ExpiresOn, FirstCall = took, Problem = fault };
        return (row, fault is null ? ExitCodes.Ok : ExitCodes.Unexpected);
    }
}
