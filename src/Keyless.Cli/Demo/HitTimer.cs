namespace Keyless.Cli.Demo;

/// <summary>Measures how long a client takes to answer from its cache.</summary>
internal static class HitTimer
{
    private const int HitsPerBatch = 20_000;
    private const int Batches = 25;
    private const int Counted = 9;

    /// <returns>Nanoseconds a call: the median of the last batches.</returns>
    public static async Task<double> MeasureAsync(
        ManagedIdentityClient client, string resource, TimeProvider time, CancellationToken cancellationToken)
    {
        // The batches before the counted ones warm up: the runtime compiles hot code anew while it runs.
        var batches = new double[Batches];
        for (var batch = 0; batch < Batches; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = time.GetTimestamp();
            var hits = await HitAsync(client, resource);
            batches[batch] = time.GetElapsedTime(start).TotalNanoseconds / HitsPerBatch;
            if (hits != HitsPerBatch)
                throw new InvalidOperationException($"Of {HitsPerBatch} calls only {hits} were answered from the cache.");
        }

        var counted = batches[^Counted..];
        Array.Sort(counted);
        return counted[Counted / 2];
    }

    private static async Task<int> HitAsync(ManagedIdentityClient client, string resource)
    {
        var hits = 0;
        for (var i = 0; i < HitsPerBatch; i++)
        {
            var token = await client.GetTokenAsync(resource);
            if (token.Origin == TokenOrigin.Cache)
                hits++;
        }

        return hits;
    }
}
