using System.Reflection;
using System.Runtime.Loader;

namespace Keyless.Cli.Tests;

/// <summary>A call that needs no emulator does not pay for loading one.</summary>
public sealed class StartupTests
{
    [Theory]
    [InlineData(false, "detect")]
    [InlineData(false, "explain", "AADSTS700016")]
    [InlineData(false, "explain", "--json")]

    // What claims mean is told without it.
    [InlineData(false, "decode")]

    // MSI_ENDPOINT is not set, so nothing is sent.
    [InlineData(false, "token", "https://vault.azure.net", "--source", "cloud-shell")]
    [InlineData(true, "token", "https://vault.azure.net", "--emulate", "cloud-shell")]
    public async Task the_emulator_is_loaded_only_where_it_is_used(bool expected, params string[] args)
    {
        var world = new SeparateWorld();
        var tool = world.LoadFromAssemblyPath(typeof(CommandLine).Assembly.Location);
        var run = tool.GetType(typeof(CommandLine).FullName!)!.GetMethod(nameof(CommandLine.RunAsync))!;
        var context = tool.GetType(typeof(ToolContext).FullName!)!;
        var made = Activator.CreateInstance(context)!;
        Set("Output", TextWriter.Null);
        Set("Error", TextWriter.Null);
        Set("OpenInput", () => (Stream)new MemoryStream("eyJhbGciOiJub25lIn0.eyJleHAiOjF9."u8.ToArray()));
        Set("Environment", MachineEnvironment.FromVariables([]));

        await (Task<int>)run.Invoke(null, [args, made, TestContext.Current.CancellationToken])!;

        Assert.Contains("Keyless", world.Loaded, StringComparer.Ordinal);
        Assert.Equal(expected, world.Loaded.Contains("Keyless.Emulator", StringComparer.Ordinal));

        void Set(string property, object value) => context.GetProperty(property)!.SetValue(made, value);
    }

    /// <summary>Loads the tool once more and notes what it asks for. Everything else is shared with the tests.</summary>
    private sealed class SeparateWorld() : AssemblyLoadContext("a separate world")
    {
        private readonly List<string> _loaded = [];

        public IReadOnlyList<string> Loaded
        {
            get
            {
                lock (_loaded)
                    return [.. _loaded];
            }
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            lock (_loaded)
                _loaded.Add(assemblyName.Name!);
            return null;
        }
    }
}
