using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Measurements;
using static Keyless.Benchmarks.Results.Numbers;

namespace Keyless.Benchmarks.Results;

/// <summary>Many callers at once.</summary>
internal static class ConcurrencyRows
{
    public static async Task<IReadOnlyList<Row>> CreateAsync(MeasurementProcess measure) =>
    [
        .. await ThreadsAsync(measure),
        await ColdKeyAsync(measure),
        await ColdResourcesAsync(measure, "IMDS", ColdResources.Imds, goal: 4),
        await ColdResourcesAsync(measure, "App Service", ColdResources.AppService, goal: 10),
        await RefreshWindowAsync(measure, "", KeylessCore.Name),
        await RefreshWindowAsync(measure, ", `Keyless.Msal`", KeylessMsal.Name),
    ];

    private static async Task<IReadOnlyList<Row>> ThreadsAsync(MeasurementProcess measure)
    {
        var control = await GainAsync(Threads.Control);
        var msalNet = await GainAsync(MsalNet.Name);
        return
        [
            Describe("`GetTokenAsync(resource)`", await GainAsync(KeylessCore.Name)),
            Describe("bound handle", await GainAsync(KeylessHandle.Name)),
        ];

        async Task<(double One, double Two, double Gain)> GainAsync(string name) =>
            await measure.RunAsync(Threads.Name, name) is { } result ? (result["one"], result["two"], result["gain"]) : default;

        Row Describe(string what, (double One, double Two, double Gain) keyless) => new(
            $"hits a second on 2 threads, {what}",
            Format($"{keyless.Two / 1e6:0.0} million, on 1 {keyless.One / 1e6:0.0}"),
            Format($"{msalNet.Two / 1e6:0.00} million, on 1 {msalNet.One / 1e6:0.00}"),
            $"{Ratio(keyless.Gain)} of one; MSAL.NET {Ratio(msalNet.Gain)}; the clock alone {Ratio(control.Gain)}",
            "≥ 1.8×",
            keyless.Gain >= 1.8);
    }

    private static async Task<Row> ColdKeyAsync(MeasurementProcess measure)
    {
        var keyless = (await measure.RunAsync(ColdKey.Name, KeylessCore.Name))["requests"];
        var msal = (await measure.RunAsync(ColdKey.Name, KeylessMsal.Name))["requests"];
        var msalNet = (await measure.RunAsync(ColdKey.Name, MsalNet.Name))["requests"];
        return new Row(
            Format($"{ColdKey.Callers:#,0} callers, one cold key"),
            Format($"{keyless:#,0} requests, `Keyless.Msal` {msal:#,0}"),
            Format($"{msalNet:#,0} requests"),
            "",
            "1",
            keyless == 1 && msal == 1);
    }

    private static async Task<Row> ColdResourcesAsync(MeasurementProcess measure, string what, string source, double goal)
    {
        var keyless = (await measure.RunAsync(ColdResources.Name, KeylessCore.Name, source))["milliseconds"];
        var msalNet = (await measure.RunAsync(ColdResources.Name, MsalNet.Name, source))["milliseconds"];
        var ratio = msalNet / keyless;
        return new Row(
            Format($"{ColdResources.Count} cold resources at once, 50 ms endpoint, {what}"),
            Format($"{keyless:#,0} ms"),
            Format($"{msalNet:#,0} ms"),
            Ratio(ratio),
            Format($"≥ {goal}×"),
            ratio >= goal);
    }

    private static async Task<Row> RefreshWindowAsync(MeasurementProcess measure, string what, string contender)
    {
        var keyless = await measure.RunAsync(RefreshWindow.Name, contender);
        var msalNet = await measure.RunAsync(RefreshWindow.Name, MsalNet.Name);
        return new Row(
            Format($"{RefreshWindow.Callers:#,0} callers in the refresh window{what}"),
            Format($"{keyless["requests"]:#,0} requests, {keyless["waited"]:#,0} callers waited"),
            Format($"{msalNet["requests"]:#,0} requests, {msalNet["waited"]:#,0} callers waited"),
            "",
            "1, nobody waits",
            keyless["requests"] == 1 && keyless["waited"] == 0);
    }
}
