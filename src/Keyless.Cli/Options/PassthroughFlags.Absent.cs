using System.CommandLine;
using Keyless.Cli.Commands;
using Keyless.Emulator;

namespace Keyless.Cli.Options;

/// <summary>A tool that was built without real tokens, as for images, has no options about them.</summary>
internal sealed class PassthroughFlags
{
    public static IReadOnlyList<Example> Examples { get; } = [];

    public IReadOnlyList<Option> All { get; } = [];

    public void AddValidatorsTo(Command command) => ArgumentNullException.ThrowIfNull(command);

    public IPassthrough? Read(Invocation call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return null;
    }
}
