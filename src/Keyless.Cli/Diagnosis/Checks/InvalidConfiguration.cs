using Keyless.Cli.Output;

namespace Keyless.Cli.Diagnosis.Checks;

/// <summary>A configuration of the emulator that it would not start with.</summary>
internal sealed class InvalidConfiguration : ICheck
{
    public IEnumerable<Finding> Examine(Surroundings machine) => machine.ConfigurationProblems.Select(problem => Finding.Error(
        "invalid-configuration",
        Printable.Of(problem.ToString()),
        "Put it right; 'keyless config validate' says when it is, 'keyless config schema' what may stand there."));
}
