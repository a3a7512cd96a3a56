using System.Runtime.CompilerServices;

namespace Keyless.Testing.Install;

/// <summary>Compiled into every test assembly by eng/Test.props: what must hold before its first test runs.</summary>
internal static class TestAssembly
{
    [ModuleInitializer]
    internal static void Isolate()
    {
        CleanEnvironment.Apply();
        ConnectionGuard.Install();
    }
}
