namespace Keyless.FleetSimulation;

/// <summary>Random numbers (SplitMix64) that are the same in each run, one stream for each purpose of each node.</summary>
internal sealed class Draws(ulong seed, int node, DrawsFor purpose)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(Mix(seed + Step) + ((ulong)node * Step) + (ulong)purpose);

    /// <summary>From 0 inclusive to 1 exclusive.</summary>
    public double Next() => (Mix(_state += Step) >> 11) * (1.0 / (1UL << 53));

    public double Between(double least, double most) => least + ((most - least) * Next());

    /// <summary>The pause until the next of events that come at random with this mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Next());

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

internal enum DrawsFor
{
    Traffic,
    Client,
    Provider,
}
