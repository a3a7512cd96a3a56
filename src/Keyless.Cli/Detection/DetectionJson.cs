using Keyless.Cli.Options;

namespace Keyless.Cli.Detection;

/// <summary>Which source a machine has, for programs.</summary>
internal sealed record DetectionJson(
    string Source, bool Announced, string Rule, string Reason, IReadOnlyList<StepJson> Steps, IReadOnlyList<VariableJson> Variables)
{
    public static DetectionJson Of(SourceDetection detection, IReadOnlyList<SourceVariable> variables) => new(
        SourceName.Of(detection.Source),
        detection.IsAnnounced,
        detection.Chosen.Rule,
        detection.Chosen.Reason,
        [.. detection.Steps.Select(step => new StepJson(SourceName.Of(step.Source), step.Rule, step.Applies, step.Reason))],
        [.. variables.Select(variable => new VariableJson(variable.Name, variable.IsSet, variable.IsSecret, variable.Value))]);
}

/// <summary>One rule and what came of it.</summary>
internal sealed record StepJson(string Source, string Rule, bool Applies, string Reason);

/// <summary>One variable; the value of a secret is null.</summary>
internal sealed record VariableJson(string Name, bool Set, bool Secret, string? Value);
