namespace Keyless.Sources;

/// <summary>The documented order of sources, as a list; first match wins.</summary>
internal static class SourceDetector
{
    private static readonly TokenSource[] Order =
    [
        new ServiceFabricSource(),
        new AppServiceSource(),
        new MachineLearningSource(),
        new CloudShellSource(),
        new AzureArcSource(),
        new ImdsSource(),
    ];

    public static SourceDetection Detect(MachineEnvironment environment)
    {
        var steps = new List<DetectionStep>();
        DetectionStep? chosen = null;
        foreach (var source in Order)
        {
            foreach (var rule in source.Rules)
            {
                var (holds, reason) = (rule.Holds(environment), rule.Reason(environment));
                var step = new DetectionStep(source.Kind, rule.Text, holds && chosen is null, reason);
                if (chosen is not null)
                    step = step with { Reason = holds && !ReferenceEquals(rule, DetectionRule.Otherwise) ? $"{reason}, but {chosen.Source.DisplayName()} comes first" : $"not needed: {chosen.Source.DisplayName()} comes first" };
                else if (step.Applies)
                    chosen = step;
                steps.Add(step);
            }
        }

        var announced = chosen!.Source != SourceKind.Imds || environment.IsSet(Variables.PodIdentityAuthorityHost);
        return new SourceDetection(chosen, steps, announced);
    }

    /// <summary>The source that applies, or the pinned one.</summary>
    public static TokenSource Find(MachineEnvironment environment, SourceKind? pinned)
    {
        foreach (var source in Order)
        {
            if (pinned is null ? source.Rules.Any(rule => rule.Holds(environment)) : source.Kind == pinned)
                return source;
        }

        throw new ArgumentOutOfRangeException(nameof(pinned), pinned, "There is no such source.");
    }
}
