using Keyless.Emulator.Faults;

namespace Keyless.Interop.Tests.Compatibility;

/// <summary>What a host answers at first, before it gives in and hands out a token.</summary>
/// <param name="Name">What the page calls it.</param>
/// <param name="Resource">The resource whose requests meet it, so that one process can meet them all.</param>
/// <param name="Fault">The answer.</param>
/// <param name="Times">How often it comes.</param>
internal sealed record Trouble(string Name, string Resource, Fault Fault, int Times = 1)
{
    public static readonly IReadOnlyList<Trouble> All =
    [
        new("400", "https://bad-request", Fault.Status(400)),
        new("404", "https://not-found", Fault.Status(404)),
        new("410", "https://gone", Fault.Status(410)),
        new("429", "https://throttled", Fault.TooManyRequests()),
        new("429, twice", "https://throttled-twice", Fault.TooManyRequests(), Times: 2),
        new("429, `Retry-After: 5`", "https://throttled-for-five-seconds", Fault.TooManyRequests(TimeSpan.FromSeconds(5))),
        new("500", "https://failing", Fault.Status(500)),
        new("502", "https://bad-gateway", Fault.Status(502)),
        new("503", "https://unavailable", Fault.Status(503)),
        new("504", "https://gateway-timeout", Fault.Status(504)),
    ];

    public override string ToString() => Name;
}
