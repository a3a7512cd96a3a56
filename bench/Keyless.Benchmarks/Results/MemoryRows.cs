using System.Globalization;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Measurements;
using static Keyless.Benchmarks.Results.Numbers;

namespace Keyless.Benchmarks.Results;

/// <summary>What a cached token holds of memory.</summary>
internal static class MemoryRows
{
    private const int Tokens = 20_000;

    // MSAL.NET looks through all of them at each acquisition: more would take minutes.
    private const int TokensOfMsalNet = 2_000;

    private const int Text = Answers.TokenCharacters * sizeof(char);

    // Room for the text and a header value ready made of it, and for what is around them.
    private const int Goal = (2 * Text) + 512;

    public static async Task<IReadOnlyList<Row>> CreateAsync(MeasurementProcess measure)
    {
        var keyless = await BytesAsync(KeylessCore.Name, Tokens);
        var msalNet = await BytesAsync(MsalNet.Name, TokensOfMsalNet);
        return
        [
            new Row(
                "memory per cached token",
                $"{Bytes(keyless)}, beside the text {Bytes(keyless - Text)}",
                $"{Bytes(msalNet)}, beside the text {Bytes(msalNet - Text)}",
                Ratio(msalNet / keyless),
                $"≤ twice the text + 512 B = {Bytes(Goal)}",
                keyless <= Goal),
        ];

        async Task<double> BytesAsync(string contender, int tokens) =>
            (await measure.RunAsync(Memory.Name, contender, tokens.ToString(CultureInfo.InvariantCulture)))["bytes"];
    }
}
