namespace SameCode;

/// <summary>The cases, in groups; a group runs in a process of its own.</summary>
internal static class CaseList
{
    public static IEnumerable<(string Name, Func<Scene, Report, Task> Body)> Of(string group) => group switch
    {
        "sources" => SourceCases.All(),
        "errors" => ErrorCases.All(),
        "answers" => AnswerCases.All(),
        "statuses" => StatusCases.All(),
        "flow" => FlowCases.All(),
        "checks" => CheckCases.All(),
        "retries-app-service" => RetryCases.AppService(),
        "retries-imds" => RetryCases.Imds(),
        "retries-others" => RetryCases.Others(),
        "emulator" => EmulatorCases.All(),
        _ => throw new ArgumentException($"There is no group '{group}'.", nameof(group)),
    };
}
