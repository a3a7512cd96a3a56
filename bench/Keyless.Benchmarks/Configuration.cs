using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;
using Perfolizer.Horology;

namespace Keyless.Benchmarks;

/// <summary>
/// How the benchmarks run: in this process, which is guarded and has its environment set, and with few iterations, so that the whole
/// comparison takes minutes on two cores. <c>--job</c> takes the place of the job given here.
/// </summary>
internal static class Configuration
{
    public static IConfig Create(string[] args)
    {
        var config = ManualConfig.CreateEmpty()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.Median)
            .AddLogger(ConsoleLogger.Default)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddValidator(JitOptimizationsValidator.FailOnError)
            .AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(10), logOutput: true)).AsMutator())
            .WithArtifactsPath(Path.Combine(Results.Reports.Root, "artifacts", "benchmarks"));
        return args.Contains("--job") || args.Contains("-j") ? config : config.AddJob(Job.Default
            .WithWarmupCount(3)
            .WithIterationCount(8)
            .WithIterationTime(TimeInterval.FromMilliseconds(200)));
    }
}
