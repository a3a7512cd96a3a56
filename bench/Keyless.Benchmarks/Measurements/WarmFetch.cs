using System.Diagnostics;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>
/// A token over a loopback connection that is open already: bare, by Keyless, by MSAL.NET. In turn and many times, since what a switch
/// between processes costs changes from one second to the next by more than what is compared.
/// </summary>
internal static class WarmFetch
{
    public const string Name = "warm-fetch";
    public const string Bare = "bare";

    private const string Resource = "https://vault.azure.net";

    private static readonly TokenRequest Forced = new(Resource) { ForceRefresh = true };

    public static async Task RunAsync(int rounds, int fetches)
    {
        using var endpoint = ResponderProcess.Start();
        Platform.SetAppService(endpoint.Root);
        using var bare = new BareFetch(endpoint.Root);
        var client = KeylessCore.Create(handler: null);
        var msalNet = MsalNet.Create(handler: null);
        Round[] all =
        [
            new(Bare, async () => await bare.GetAsync(), rounds),
            new(KeylessCore.Name, async () => (await client.GetTokenAsync(Forced)).Token, rounds),
            new(MsalNet.Name, async () => (await msalNet.AcquireTokenForManagedIdentity(Resource).WithForceRefresh(true).ExecuteAsync()).AccessToken, rounds),
        ];

        // Long enough for the compiler to have done its best.
        for (var warmUp = 0; warmUp < 3; warmUp++)
        {
            foreach (var one in all)
                await one.MeasureAsync(fetches);
            await Task.Delay(fetches / 4);
        }

        for (var round = 0; round < rounds; round++)
        {
            // Each comes first, second and last in turn.
            for (var i = 0; i < all.Length; i++)
            {
                var one = all[(i + round) % all.Length];
                one.Times[round] = await one.MeasureAsync(fetches);
            }
        }

        foreach (var one in all)
        {
            Measurement.Print($"{one.Name}.ns", Median(one.Times));
            Measurement.Print($"{one.Name}.bytes", one.Bytes);
            Measurement.Print($"{one.Name}.ratio", Median([.. one.Times.Zip(all[0].Times, static (time, bareTime) => time / bareTime)]));
        }
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private sealed class Round(string name, Func<ValueTask<string>> fetch, int rounds)
    {
        public string Name { get; } = name;

        /// <summary>Of one fetch, in nanoseconds; one for each round.</summary>
        public double[] Times { get; } = new double[rounds];

        /// <summary>What one fetch of the last round allocated.</summary>
        public double Bytes { get; private set; }

        public async Task<double> MeasureAsync(int fetches)
        {
            var bytes = GC.GetTotalAllocatedBytes(precise: true);
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < fetches; i++)
                await fetch();
            var elapsed = Stopwatch.GetElapsedTime(started);
            Bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / fetches;
            return elapsed.TotalNanoseconds / fetches;
        }
    }
}
