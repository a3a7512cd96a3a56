namespace Keyless.Cli.Diagnosis;

/// <summary>
/// Looks at one thing that may be wrong with a machine. It sends nothing and changes nothing: what is to be known is known before.
/// </summary>
internal interface ICheck
{
    IEnumerable<Finding> Examine(Surroundings machine);
}
