namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>An endpoint at which nobody answers, such as that of an emulator that has ended.</summary>
internal sealed class SilentEndpoint : ICheck
{
    public IEnumerable<Finding> Examine(Surroundings machine)
    {
        if (machine.Look?.Problem is not { } problem)
            yield break;

        var endpoint = machine.Endpoint;
        if (endpoint.Variable is null)
        {
            yield return Finding.Error(
                "silent-endpoint",
                $"There is no managed identity endpoint at {endpoint.Address!.GetLeftPart(UriPartial.Authority)}: {problem}.",
                "On a machine of Azure, give it an identity and let it reach that address. Elsewhere start an emulator: 'keyless up'.");
        }
        else if (endpoint.IsLoopback)
        {
            yield return Finding.Error(
                "silent-endpoint",
                $"{endpoint.Variable} is {endpoint.Shown}, but {problem}. It may be left over from an emulator that has ended; in a "
                + "container "
                + "it means the container itself.",
                $"Start an emulator with 'keyless up' and take its variables by 'keyless env', or unset {endpoint.Variable}.");
        }
        else
        {
            yield return Finding.Error(
                "silent-endpoint",
                $"{endpoint.Variable} is {endpoint.Shown}, but {problem}.",
                $"Check that the endpoint runs, that this machine reaches it, and that {endpoint.Variable} names it.");
        }
    }
}
