using System.CommandLine;

namespace Keyless.Cli.Options;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    public const string NoColorName = "--no-color";

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON.", Recursive = true };

    public Option<bool> NoColor { get; } = new(NoColorName)
    {
        Description = "Print no colours. The variable NO_COLOR does the same.",
        Recursive = true,
    };
}
