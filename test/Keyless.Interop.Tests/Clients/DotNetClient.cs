namespace Keyless.Interop.Tests.Clients;

/// <summary>A client of .NET, in the program that is built beside the tests.</summary>
/// <param name="Name">Its package.</param>
/// <param name="Argument">What the program calls it.</param>
internal sealed record DotNetClient(string Name, string Argument) : ProgramClient(Name)
{
    protected override (string File, string[] Arguments) Command()
    {
        // Each project's output is beside the others', in a folder named after the configuration.
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(AppContext.BaseDirectory, "../../Keyless.Interop.Client", configuration, "Keyless.Interop.Client");
        return (Path.GetFullPath(OperatingSystem.IsWindows() ? $"{program}.exe" : program), [Argument]);
    }
}
