using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Measurements;

namespace Keyless.Benchmarks.Results;

/// <summary>What a thousand callers in the refresh window set off.</summary>
internal static class RefreshReport
{
    public static async Task<string> CreateAsync(MeasurementProcess measure)
    {
        var lines = new List<string>();
        foreach (var contender in (string[])[KeylessCore.Name, KeylessMsal.Name, MsalNet.Name])
        {
            var window = await measure.RunAsync(RefreshWindow.Name, contender);
            lines.Add(Numbers.Format(
                $"{contender}: {RefreshWindow.Callers:#,0} callers in the refresh window, {window["requests"]:#,0} requests, {window["waited"]:#,0} callers waited"));
        }

        return string.Join(Environment.NewLine, lines);
    }
}
