using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests.Clients;

/// <summary>A client of Node.js.</summary>
/// <param name="Name">Its package.</param>
/// <param name="Argument">What the program calls it.</param>
internal sealed record NodeClient(string Name, string Argument) : ProgramClient(Name)
{
    public override void Require() => Node.Require();

    protected override (string File, string[] Arguments) Command() => (Node.Require(), [.. Node.Program("client.mjs"), Argument]);
}
