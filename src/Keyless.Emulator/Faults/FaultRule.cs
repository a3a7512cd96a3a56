using System.Text.Json;

namespace Keyless.Emulator.Faults;

/// <summary>A fault, the requests that it is about, and when it happens to them.</summary>
public sealed record FaultRule
{
    /// <summary>Its name, unlike that of any other rule of the plan. The journal names it where it has fired.</summary>
    public required string Name { get; init; }

    /// <summary>What goes wrong.</summary>
    public required Fault Fault { get; init; }

    /// <summary>Which requests it is about.</summary>
    /// <value>Default: all.</value>
    public FaultMatch Match { get; init; } = new();

    /// <summary>When it happens to them.</summary>
    /// <value>Default: always.</value>
    public FaultWhen When { get; init; } = new();

    /// <summary>The state that the plan is in once the rule has fired (<see cref="FaultPlan.State"/>).</summary>
    /// <value>Default: null, as before.</value>
    public string? NextState { get; init; }

    /// <summary>How long after the rule has fired the plan comes into <see cref="NextState"/>, by the emulator's clock.</summary>
    /// <remarks>It counts from the first time that the rule fires; another change of the state in between takes its place.</remarks>
    /// <value>Default: null, at once.</value>
    public TimeSpan? NextStateAfter { get; init; }

    /// <summary>Reads a rule, such as <c>{"name": "busy", "match": {"leg": "token"}, "fault": {"kind": "status", "status": 429}}</c>.</summary>
    /// <param name="json">The rule's object.</param>
    /// <param name="path">Where it stands, for errors.</param>
    /// <exception cref="EmulatorException">A member is missing, unknown or out of its range; the message names it.</exception>
    public static FaultRule FromJson(JsonElement json, string path = "rule") => FaultRuleJson.Read(json, path);

    /// <summary>Writes the rule as <see cref="FromJson"/> reads it; what has its default is left out.</summary>
    /// <param name="writer">Where to.</param>
    public void ToJson(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        FaultRuleJson.Write(this, writer);
    }

    /// <exception cref="EmulatorException">The rule could never fire as it stands.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new EmulatorException("A fault rule has no name. Give each a name of its own.");
        if (Fault is null)
            throw new EmulatorException($"Fault rule '{Name}' has no fault.");
        if (NextStateAfter is not null && NextState is null)
            throw new EmulatorException($"Fault rule '{Name}' has nextStateAfter, but no nextState. Give that, too.");
        if (NextStateAfter < TimeSpan.Zero)
            throw new EmulatorException($"Fault rule '{Name}': nextStateAfter is negative. Give a time from nothing.");
        When.Validate(Name);
    }
}
