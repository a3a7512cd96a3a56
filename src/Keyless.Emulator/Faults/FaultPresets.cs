using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>Mishaps that happen to real platforms, each with a name, for <see cref="FaultPlan.Apply"/>.</summary>
public static class FaultPresets
{
    private static readonly FaultMatch Imds = new() { Source = SourceKind.Imds, Leg = Leg.Token };
    private static readonly FaultMatch Token = new() { Leg = Leg.Token };

    /// <summary>All presets, by name.</summary>
    public static IReadOnlyList<FaultPreset> All { get; } =
    [
        new(
            "arc-agent-reinstall",
            "The Arc agent is replaced: connections are closed for 30 s, then the first key file is gone before it can be read.",
            "30 s and one challenge",
            Rule(Fault.Cut(CutPoint.CloseBeforeAnswer), new() { Source = SourceKind.AzureArc }, new() { Until = Seconds(30) }),
            Rule(Fault.ArcChallenge(ArcFlaw.Vanishing), new() { Source = SourceKind.AzureArc, Leg = Leg.Challenge }, new() { First = 1 })),
        new("captive-portal", "Every success is a web page.", "until removed", Rule(Fault.CaptivePortal())),
        new(
            "clock-drift",
            "The hosts' clocks are ten minutes ahead, beyond what validators tolerate: `Date` and the times of tokens.",
            "until removed",
            Rule(Fault.ClockSkew(TimeSpan.FromMinutes(10)), Token)),
        new(
            "flaky-10pct",
            "One token request in ten fails, by the seed: half of them with 503, half with a reset connection.",
            "until removed",
            Rule(Fault.Status(503), Token, new() { Probability = 0.05 }),
            Rule(Fault.Cut(), Token, new() { Probability = 0.05 / 0.95 })),
        new("identity-deleted", "No identity is found any more.", "until removed", Rule(Fault.IdentityNotFound(), Token)),
        new(
            "identity-propagating",
            "An identity that was just assigned is not found yet.",
            "60 s",
            Rule(Fault.IdentityNotFound(), Token, new() { Until = Seconds(60) })),
        new(
            "imds-cold-start",
            "IMDS is not there yet: 404.",
            "10 s",
            Rule(Fault.Status(404), Imds, new() { Until = Seconds(10) })),
        new(
            "imds-restart",
            "IMDS restarts: something else answers with 500 and plain text, and a `Server` that is not IMDS.",
            "two requests",
            Rule(
                Fault.Status(500, "Service is restarting.", body: FaultBody.Text, server: "Microsoft-HTTPAPI/2.0"),
                Imds,
                new() { First = 2 })),
        new(
            "imds-upgrade",
            "IMDS is being updated: 410.",
            "70 s",
            Rule(Fault.Status(410), Imds, new() { Until = Seconds(70) })),
        new(
            "key-rollover",
            "The published keys are not yet the ones that tokens are signed with.",
            "5 min",
            Rule(Fault.Keys(KeysFlaw.OtherKeys), new() { Leg = Leg.Keys }, new() { Until = TimeSpan.FromMinutes(5) })),
        new(
            "pod-identity-cold-start",
            "The pod identity proxy has no identity yet: it holds a request for 60 to 100 s and answers 404.",
            "two requests",
            Rule(
                Fault.Status(404, "no identity found for the pod", body: FaultBody.Text, server: "").After(FaultDelay.Between(Seconds(60), Seconds(100))),
                Imds,
                new() { First = 2 })),
        new(
            "region-outage",
            "Everything answers 503, the authority included where the plan is the emulator's.",
            "5 min",
            Rule(Fault.Status(503), when: new() { Until = TimeSpan.FromMinutes(5) })),
        new(
            "secret-rotated",
            "The host's secret has changed, and the process still sends the old one: it is refused as with a wrong secret.",
            "until removed",
            Rule(Fault.Refusal(RefusalReason.WrongSecret), TokenOf(SourceKind.AppService)),
            Rule(Fault.Refusal(RefusalReason.WrongSecret), TokenOf(SourceKind.ServiceFabric)),
            Rule(Fault.Refusal(RefusalReason.WrongSecret), TokenOf(SourceKind.MachineLearning))),
        new(
            "stale-roles",
            "The platform hands out the token that it has, whatever has changed and whoever refuses it: roles show a day late.",
            "until removed; a token for as long as it lives, 24 h",
            Rule(Fault.StaleToken(), Token)),
        new(
            "throttled",
            "Too many requests: 429 with a `Retry-After` of 2 s.",
            "three requests",
            Rule(Fault.TooManyRequests(Seconds(2)), Token, new() { First = 3 })),
        new(
            "two-identities",
            "The host has got a second identity: requests that name none are refused.",
            "until removed",
            Rule(Fault.MultipleIdentities(), Token)),
        new(
            "v1-only",
            "IMDS has its first version only: the paths of the second answer 404.",
            "until removed",
            [.. ImdsEndpoint.SecondVersionPaths.Select(path => Rule(Fault.Status(404, ImdsEndpoint.NoSecondVersion), At(path)))]),
        new(
            "v2-only",
            "IMDS has its second version only: the token path of the first answers 403, to probes as well.",
            "until removed",
            Rule(
                Fault.Status(403, "This virtual machine has the second version of managed identity only: ask for a credential, not for a token."),
                At(ImdsEndpoint.TokenPath))),
    ];

    /// <summary>The preset of a name. Null: there is none.</summary>
    /// <param name="name">The name.</param>
    public static FaultPreset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);

    private static FaultRule Rule(Fault fault, FaultMatch? match = null, FaultWhen? when = null) =>
        new() { Name = "", Fault = fault, Match = match ?? new(), When = when ?? new() };

    private static FaultMatch At(string path) => new() { Source = SourceKind.Imds, Path = path };

    private static FaultMatch TokenOf(SourceKind source) => new() { Source = source, Leg = Leg.Token };

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}

/// <summary>A mishap with a name.</summary>
public sealed class FaultPreset
{
    internal FaultPreset(string name, string summary, string duration, params FaultRule[] rules)
    {
        (Name, Summary, Duration) = (name, summary, duration);
        Rules = rules is [var only]
            ? [only with { Name = name }]
            : [.. rules.Select((rule, index) => rule with { Name = $"{name}/{index + 1}" })];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What happens.</summary>
    public string Summary { get; }

    /// <summary>How long it lasts, from when it is applied, by the emulator's clock.</summary>
    public string Duration { get; }

    /// <summary>The rules that it is made of, named after it.</summary>
    public IReadOnlyList<FaultRule> Rules { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
